import { site } from "../asking";

export default {
  ...site,
  loadBalancer: {
    pools: {
      default: { addresses: "192.168.0.240-192.168.0.244" },
      public: { addresses: "192.168.0.246-192.168.0.248", reserved: ["192.168.0.241"] },
    },
  },
};
