import { home } from "../home";

export default { ...home, rke2: { ...home.rke2, embeddedRegistry: true } };
