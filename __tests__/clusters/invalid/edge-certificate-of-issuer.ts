import { site } from "../asking";

export default {
  ...site,
  issuers: { internal: { selfSigned: true } },
  certificates: { "test.com": { issuer: "internal", names: ["main.test.com", "old.test.com"] } },
  routes: [{ host: "main.test.com", paths: { "/hello": "hello" }, edge: { certificate: "test.com" } }],
  edge: { ...site.edge, redirections: { "old.test.com": { to: "main.test.com", certificate: "test.com" } } },
};
