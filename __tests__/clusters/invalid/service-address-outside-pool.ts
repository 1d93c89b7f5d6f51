import { site } from "../asking";

export default {
  ...site,
  services: { hello: { ...site.services.hello, expose: { type: "LoadBalancer", address: "192.168.0.230" } } },
};
