import { home } from "../home";

export default { ...home, servers: { ...home.servers, memory: 8192 } };
