import { siteOn } from "../asking";

export default {
  ...siteOn("traefik"),
  routes: [
    { host: "main.test.com", tls: "test.com", paths: { "/hello": "hello" } },
    { host: "main.test.com", passthrough: "secure" },
  ],
};
