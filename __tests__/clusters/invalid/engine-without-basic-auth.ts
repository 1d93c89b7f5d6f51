import { siteOn } from "../asking";

export default {
  ...siteOn("istio"),
  routes: [{ host: "main.test.com", paths: { "/hello": { to: "hello", basicAuth: "admins" } } }],
};
