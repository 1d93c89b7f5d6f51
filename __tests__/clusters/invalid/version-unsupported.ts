import { home } from "../home";

export default { ...home, rke2: { version: "v1.29.3+rke2r1" } };
