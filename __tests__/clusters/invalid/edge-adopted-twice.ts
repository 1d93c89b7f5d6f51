import { site } from "../asking";

export default {
  ...site,
  routes: [
    { host: "a.test.com", paths: { "/": "hello" }, edge: { certificate: "test.com", adopt: 7 } },
    { host: "b.test.com", paths: { "/": "hello" }, edge: { certificate: "test.com", adopt: 7 } },
  ],
  edge: { ...site.edge, redirections: { "old.com": { to: "new.com", adopt: 7 } } },
};
