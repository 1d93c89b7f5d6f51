import { site } from "../asking";

export default {
  ...site,
  services: {
    hello: {
      ...site.services.hello,
      labels: { "app.kubernetes.io/name": "web" },
      selector: { matchLabels: { "app.kubernetes.io/name": "site" } },
    },
  },
};
