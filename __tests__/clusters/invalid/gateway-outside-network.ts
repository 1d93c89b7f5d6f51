import { home } from "../home";

export default { ...home, network: { ...home.network, gateway: "192.168.1.1" } };
