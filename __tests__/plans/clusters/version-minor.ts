import { base } from "./base";

export default { ...base, rke2: { version: "v1.36.5+rke2r1" } };
