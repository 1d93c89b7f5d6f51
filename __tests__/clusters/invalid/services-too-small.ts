import { home } from "../home";

export default { ...home, network: { ...home.network, services: "172.30.0.0/29" } };
