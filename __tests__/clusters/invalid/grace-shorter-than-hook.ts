import { site } from "../asking";

export default {
  ...site,
  services: {
    hello: { ...site.services.hello, lifecycle: { preStop: { sleep: "40s" } }, gracePeriod: "30s" },
  },
};
