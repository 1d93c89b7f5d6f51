import { site } from "../asking";

export default {
  ...site,
  routes: [{ host: "main.test.com", paths: { "/hello": "hello" }, edge: { certificate: "test.com" } }],
  edge: {
    ...site.edge,
    redirections: { "old.com": { hosts: ["old.com", "main.test.com"], to: "new.com" } },
    notFound: { "old.com": {} },
  },
};
