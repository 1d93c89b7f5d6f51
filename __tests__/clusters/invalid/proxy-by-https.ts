import { home } from "../home";

export default { ...home, network: { ...home.network, proxy: { url: "https://192.168.0.3:3128" } } };
