import { site } from "../asking";

export default {
  ...site,
  certificates: { "test.com": { inProxy: 3 } },
  routes: [{ host: "main.test.com", tls: "test.com", paths: { "/": "hello" } }],
};
