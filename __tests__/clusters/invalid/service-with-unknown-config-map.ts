import { site } from "../asking";

export default {
  ...site,
  services: {
    ...site.services,
    job: { image: "busybox", volumes: { settings: { configMap: "settings", mount: "/etc/job" } } },
  },
};
