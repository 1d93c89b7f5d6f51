import { home } from "../home";

export default { ...home, network: { ...home.network, nodes: "192.168.0.1/24" } };
