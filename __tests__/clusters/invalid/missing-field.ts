import { home } from "../home";

export default { ...home, servers: { ...home.servers, disk: undefined } };
