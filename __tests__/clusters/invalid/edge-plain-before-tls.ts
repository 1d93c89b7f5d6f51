import { site } from "../asking";

export default {
  ...site,
  routes: [{ host: "main.test.com", paths: { "/hello": "hello" }, tls: "test.com", edge: {} }],
  accept: { ...site.accept, "edge/upstream-unverified": "an example" },
};
