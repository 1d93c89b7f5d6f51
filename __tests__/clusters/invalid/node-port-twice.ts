import { site } from "../asking";

export default {
  ...site,
  services: {
    hello: { ...site.services.hello, expose: { type: "NodePort", nodePort: 30080 } },
    next: { ...site.services.next, expose: { type: "NodePort", nodePort: 30080 } },
  },
};
