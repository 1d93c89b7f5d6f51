import { home } from "../home";

export default { ...home, ingress: { ...home.ingress, controller: "ingress-nginx" } };
