import { siteOn } from "../asking";

export default {
  ...siteOn("gateway-api"),
  routes: [
    { host: "main.test.com", paths: { "/": "hello" } },
    { host: "*.test.com", paths: { "/api": "next" } },
  ],
};
