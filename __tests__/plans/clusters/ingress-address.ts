import { base } from "./base";

export default { ...base, ingress: { ...base.ingress, address: "192.168.0.241" } };
