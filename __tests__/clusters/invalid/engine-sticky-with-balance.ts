import { siteOn } from "../asking";

export default {
  ...siteOn("gateway-api", "istio"),
  routes: [
    { host: "main.test.com", balance: "least-request", paths: { "/hello": { to: "hello", sticky: true } } },
  ],
};
