import { siteOn } from "../asking";

export default {
  ...siteOn("ingress-nginx"),
  routes: [{ host: "main.test.com", paths: { "/hello": { to: { hello: 80, next: 10, secure: 10 } } } }],
};
