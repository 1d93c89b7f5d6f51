import { home } from "../home";

export default { ...home, network: { ...home.network, services: "10.0.0.0/11" } };
