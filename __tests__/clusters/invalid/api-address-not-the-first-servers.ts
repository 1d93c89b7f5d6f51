import { home } from "../home";

export default { ...home, api: { address: "192.168.0.20", through: "first-server" } };
