import { home } from "../home";

export default { ...home, network: { ...home.network, searchDomain: "home_arpa" } };
