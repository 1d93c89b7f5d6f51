import { siteOn } from "../asking";

export default {
  ...siteOn("istio"),
  issuers: { public: { acme: { email: "us@test.com", server: "staging", http01: true } } },
};
