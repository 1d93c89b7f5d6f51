import { home } from "../home";

export default { ...home, servers: { ...home.servers, first: "10.0.0.21" } };
