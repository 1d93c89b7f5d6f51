import { base } from "./base";

export default { ...base, ingress: { ...base.ingress, controller: "ingress-nginx" } };
