import { site } from "../asking";

export default {
  ...site,
  edge: {
    ...site.edge,
    redirections: {
      "old.com": { hosts: ["old.com", "old.test.com"], to: "main.test.com", certificate: "test.com" },
    },
    notFound: { "a.b.test.com": { certificate: "test.com" } },
  },
};
