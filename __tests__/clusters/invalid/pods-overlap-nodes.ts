import { home } from "../home";

export default { ...home, network: { ...home.network, pods: "192.168.0.0/16" } };
