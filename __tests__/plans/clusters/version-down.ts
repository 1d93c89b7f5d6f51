import { base } from "./base";

export default { ...base, rke2: { version: "v1.34.10+rke2r1" } };
