import { siteOn } from "../asking";

export default {
  ...siteOn("ingress-nginx"),
  routes: [
    { host: "main.test.com", paths: { "/hello": { to: { hello: 90, next: 10 } } } },
    { host: "other.test.com", paths: { "/": "next" } },
  ],
};
