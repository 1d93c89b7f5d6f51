import { home } from "../home";

export default { ...home, servers: { ...home.servers, count: 3, on: ["pve1", "pve2"] } };
