import { home } from "../home";

export default { ...home, rke2: { version: "v1.37.1-rc2+rke2r1" } };
