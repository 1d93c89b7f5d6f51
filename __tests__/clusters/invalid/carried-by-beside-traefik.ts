import { site } from "../asking";

export default { ...site, ingress: { ...site.ingress, carriedBy: "istio" } };
