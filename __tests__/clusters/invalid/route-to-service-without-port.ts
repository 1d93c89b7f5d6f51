import { site } from "../asking";

export default {
  ...site,
  services: { quiet: { image: "busybox" } },
  routes: [{ host: "main.test.com", paths: { "/hello": "quiet" } }],
};
