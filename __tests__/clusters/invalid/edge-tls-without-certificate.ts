import { site } from "../asking";

export default {
  ...site,
  routes: [{ host: "main.test.com", paths: { "/hello": "hello" }, edge: { forceTls: true, hsts: true } }],
  edge: { ...site.edge, notFound: { "old.test.com": { http2: true } } },
  accept: { ...site.accept, "edge/hsts-lasts": "an example" },
};
