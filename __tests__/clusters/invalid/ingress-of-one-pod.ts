import { home } from "../home";

export default { ...home, ingress: { ...home.ingress, replicas: 1 } };
