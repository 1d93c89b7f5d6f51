import { site } from "../asking";

export default {
  ...site,
  edge: {
    ...site.edge,
    redirections: { "Old.com; return 200": { to: "new.com" } },
    notFound: { "*.a.*": {} },
  },
};
