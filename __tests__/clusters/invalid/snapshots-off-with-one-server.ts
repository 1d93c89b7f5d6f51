import { home } from "../home";

export default { ...home, servers: { ...home.servers, etcd: { snapshots: false } } };
