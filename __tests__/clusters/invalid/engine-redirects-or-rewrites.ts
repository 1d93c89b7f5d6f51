import { siteOn } from "../asking";

export default {
  ...siteOn("gateway-api"),
  routes: [
    {
      host: "main.test.com",
      rewrite: "/v2",
      hostRewrite: "inside.test.com",
      paths: { "/hello": "hello", "/old": { redirect: { path: "/hello" } } },
    },
  ],
};
