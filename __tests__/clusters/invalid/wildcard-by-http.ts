import { site } from "../asking";

export default {
  ...site,
  issuers: { letsencrypt: { acme: { email: "me@test.com", http01: true } } },
  certificates: { "test.com": { issuer: "letsencrypt", names: ["test.com", "*.test.com"] } },
};
