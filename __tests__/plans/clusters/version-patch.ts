import { base } from "./base";

export default { ...base, rke2: { version: "v1.35.8+rke2r1" } };
