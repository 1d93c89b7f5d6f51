import { optioned } from "../optioned";

export default {
  ...optioned,
  api: {
    ...optioned.api,
    loadBalancers: {
      ...optioned.api.loadBalancers,
      count: 3,
      labels: { tier: "front" },
      taints: ["front:NoSchedule"],
    },
  },
};
