import { siteOn } from "../asking";

export default {
  ...siteOn("traefik"),
  routes: [
    {
      host: "main.test.com",
      rewrite: "/v2",
      hostRewrite: "inside.test.com",
      paths: {
        "/hello": "hello",
        "/old": { redirect: { path: "/hello" } },
        "/older": { redirect: { scheme: "https", path: { full: "/hello" } } },
        "/oldest": { redirect: { path: { full: "/hello" } } },
      },
    },
  ],
};
