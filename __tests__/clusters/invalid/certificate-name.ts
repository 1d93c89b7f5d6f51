import { site } from "../asking";

export default {
  ...site,
  certificates: { ...site.certificates, 'a"; }': { fromVariable: "a" }, old: { inProxy: '${"a"}' } },
};
