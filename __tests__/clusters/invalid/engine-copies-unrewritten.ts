import { siteOn } from "../asking";

export default {
  ...siteOn("ingress-nginx"),
  routes: [
    {
      host: "main.test.com",
      paths: {
        "/hello": { to: "hello", mirror: { to: "next" }, rewrite: "/v2", hostRewrite: "inside.test.com" },
      },
    },
  ],
};
