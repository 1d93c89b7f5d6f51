import { site } from "../asking";

export default {
  ...site,
  routes: [
    { host: "main.test.com", paths: { "/hello": "hello" } },
    { hosts: ["other.test.com", "main.test.com"], paths: { "/hello/": "next" } },
  ],
};
