import { site } from "../asking";

export default {
  ...site,
  routes: [{ host: "main.test.com", tls: "tset.com", paths: { "/hello": "hello" } }],
};
