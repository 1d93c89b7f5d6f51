import { home } from "../home";

export default { ...home, network: { ...home.network, gateway: "192.168.0.01" } };
