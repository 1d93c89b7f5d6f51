import { site } from "../asking";

export default {
  ...site,
  edge: undefined,
  routes: [{ host: "main.test.com", paths: { "/hello": "hello" }, edge: { certificate: "test.com" } }],
};
