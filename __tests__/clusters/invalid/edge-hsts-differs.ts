import { site } from "../asking";

export default {
  ...site,
  routes: [
    {
      host: "main.test.com",
      paths: { "/hello": "hello" },
      edge: { certificate: "test.com", hsts: { subdomains: true } },
    },
  ],
  edge: {
    ...site.edge,
    redirections: { "old.test.com": { to: "main.test.com", certificate: "test.com", hsts: true } },
  },
  accept: { ...site.accept, "edge/hsts-lasts": "an example" },
};
