import { site } from "../asking";

export default {
  ...site,
  edge: {
    ...site.edge,
    redirections: { "old.com": { to: "main.test.com", certificate: "old.com" } },
    notFound: { "a.test.com": { certificate: "tset.com" } },
  },
};
