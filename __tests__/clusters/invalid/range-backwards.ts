import { home } from "../home";

export default { ...home, network: { ...home.network, dhcp: "192.168.0.99-192.168.0.50" } };
