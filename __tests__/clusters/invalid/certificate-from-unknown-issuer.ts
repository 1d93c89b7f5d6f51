import { site } from "../asking";

export default { ...site, certificates: { "a.com": { issuer: "internal" } } };
