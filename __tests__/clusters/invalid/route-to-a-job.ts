import { site } from "../asking";

export default {
  ...site,
  services: { once: { kind: "Job", image: "busybox" } },
  routes: [{ host: "main.test.com", paths: { "/hello": "once" } }],
};
