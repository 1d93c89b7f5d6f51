import { site } from "../asking";

export default {
  ...site,
  services: {
    hello: { ...site.services.hello, gracePeriod: "5s" },
    next: {
      image: "next:1",
      gracePeriod: "30s",
      init: { proxy: { image: "proxy:1", sidecar: true, lifecycle: { preStop: { sleep: "30s" } } } },
    },
  },
};
