import { siteOn } from "../asking";

export default {
  ...siteOn("istio"),
  routes: [
    { host: "main.test.com", allow: ["10.0.0.0/8"], paths: { "/v[0-9]+": { to: "hello", match: "regex" } } },
  ],
};
