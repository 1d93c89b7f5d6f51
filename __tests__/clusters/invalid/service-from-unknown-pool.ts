import { site } from "../asking";

export default {
  ...site,
  services: { hello: { ...site.services.hello, expose: { type: "LoadBalancer", pool: "public" } } },
};
