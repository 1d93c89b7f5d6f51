import { siteOn } from "../asking";

export default {
  ...siteOn("traefik"),
  routes: [
    { host: "main.test.com", paths: { "/hello": "hello" } },
    { host: "*.test.com", paths: { "/": "next" } },
  ],
};
