import { base } from "./base";

export default { ...base, rke2: { version: "v1.37.0+rke2r1" } };
