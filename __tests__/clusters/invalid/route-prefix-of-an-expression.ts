import { siteOn } from "../asking";

export default {
  ...siteOn("traefik"),
  routes: [
    {
      host: "main.test.com",
      paths: {
        "/v[0-9]+": { to: "hello", match: "regex", rewrite: "/v" },
        "/w[0-9]+": { redirect: { path: "/w" }, match: "regex" },
      },
    },
  ],
};
