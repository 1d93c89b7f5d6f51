import { site } from "../asking";

export default {
  ...site,
  routes: [
    { host: "*.test.com", paths: { "/": "hello" }, edge: { certificate: "test.com" } },
    { hosts: ["admin.test.com", "deep.admin.test.com"], paths: { "/": "next" } },
  ],
};
