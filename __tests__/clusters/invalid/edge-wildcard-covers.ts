import { site } from "../asking";

export default {
  ...site,
  routes: [
    { host: "main.test.com", paths: { "/": "hello" }, edge: { certificate: "test.com" } },
    { host: "*.test.com", paths: { "/": "next" }, edge: { certificate: "test.com" } },
  ],
};
