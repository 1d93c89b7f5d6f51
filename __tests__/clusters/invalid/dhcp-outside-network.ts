import { home } from "../home";

export default { ...home, network: { ...home.network, dhcp: "192.168.1.50-192.168.1.99" } };
