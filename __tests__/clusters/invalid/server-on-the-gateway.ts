import { home } from "../home";

export default { ...home, servers: { ...home.servers, first: "192.168.0.1" } };
