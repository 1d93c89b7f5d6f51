import { site } from "../asking";

export default {
  ...site,
  services: { hello: { ...site.services.hello, expose: { type: "NodePort", nodePort: 8080 } } },
};
