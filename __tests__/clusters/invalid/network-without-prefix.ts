import { home } from "../home";

export default { ...home, network: { ...home.network, pods: "172.29.0.0" } };
