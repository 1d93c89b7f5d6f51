import { site } from "../asking";

export default {
  ...site,
  ingress: undefined,
  routes: [{ host: "main.test.com", paths: { "/hello": "hello" } }],
};
