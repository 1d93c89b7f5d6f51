import { site } from "../asking";

export default { ...site, rke2: { ...site.rke2, cni: "weave" } };
