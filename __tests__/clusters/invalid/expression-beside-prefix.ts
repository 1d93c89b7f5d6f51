import { site } from "../asking";

export default {
  ...site,
  ingress: { ...site.ingress, controller: "gateway-api" },
  routes: [
    { host: "main.test.com", paths: { "/v[0-9]+/hello": { to: "hello", match: "regex" }, "/v1": "next" } },
  ],
};
