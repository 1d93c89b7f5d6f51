import { siteOn } from "../asking";

export default {
  ...siteOn("istio"),
  routes: [{ host: "main.test.com", paths: { "/hello": { to: { hello: 90, next: 10 }, sticky: true } } }],
};
