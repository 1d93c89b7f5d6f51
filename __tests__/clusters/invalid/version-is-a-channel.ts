import { home } from "../home";

export default { ...home, rke2: { version: "stable" } };
