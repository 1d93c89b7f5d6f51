import { home } from "../home";

export default {
  ...home,
  workers: {
    general: { ...home.workers, count: 1 },
    gpu: {
      ...home.workers,
      first: "192.168.0.41",
      dedicated: true,
      arguments: { "kube-scheduler": { v: "2" } },
    },
  },
};
