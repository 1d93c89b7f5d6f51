import { home } from "../home";

export default {
  ...home,
  workers: {
    ...home.workers,
    arguments: {
      "kube-apiserver": { "goaway-chance": "0.001" },
      etcd: { "auto-compaction-retention": "1h" },
    },
  },
};
