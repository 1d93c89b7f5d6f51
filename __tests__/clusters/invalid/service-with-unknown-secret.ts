import { site } from "../asking";

export default {
  ...site,
  services: { ...site.services, job: { image: "busybox", env: { KEY: { secret: "navi", key: "api-key" } } } },
};
