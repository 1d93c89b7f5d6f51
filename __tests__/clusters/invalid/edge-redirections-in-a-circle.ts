import { site } from "../asking";

export default {
  ...site,
  routes: [
    {
      host: "main.test.com",
      paths: { "/": { redirect: { host: "www.test.com" } } },
      edge: { certificate: "test.com" },
    },
    {
      host: "app.test.com",
      paths: { "/": { redirect: { path: "/app" } } },
      edge: { certificate: "test.com" },
    },
  ],
  edge: { ...site.edge, redirections: { "www.test.com": { to: "main.test.com", certificate: "test.com" } } },
};
