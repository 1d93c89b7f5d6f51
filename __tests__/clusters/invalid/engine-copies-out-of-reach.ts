import { siteOn } from "../asking";

export default {
  ...siteOn("traefik"),
  routes: [{ host: "main.test.com", paths: { "/hello": { to: "hello", mirror: { to: "other" } } } }],
};
