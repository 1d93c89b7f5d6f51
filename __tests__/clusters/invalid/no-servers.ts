import { home } from "../home";

export default { ...home, servers: { ...home.servers, count: 0 } };
