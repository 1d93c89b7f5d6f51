import { home } from "../home";

export default { ...home, rke2: { version: "v1.36.5" } };
