import { siteOn } from "../asking";

export default {
  ...siteOn("gateway-api"),
  routes: [
    { host: "main.test.com", paths: { "/v[0-9]+": { to: "hello", match: "regex" } } },
    { hosts: ["other.test.com", "main.test.com"], paths: { "/v1": "next" } },
  ],
};
