import { home } from "../home";

export default { ...home, ingress: { ...home.ingress, address: "192.168.0.230" } };
