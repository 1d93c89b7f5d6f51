import { home } from "../home";

export default { ...home, network: { ...home.network, services: "172.29.128.0/17" } };
