import { site } from "../asking";

export default { ...site, certificates: { "test.com": { letsencrypt: true } } };
