import { home } from "../home";

export default {
  ...home,
  rke2: {
    ...home.rke2,
    "kubelet-arg": ["max-pods=150"],
    "etcd-snapshot-retention": 10,
    "node-taint": ["gpu:NoSchedule"],
    "disable-kube-proxy": true,
    arguments: { kubelet: { "max-pods": "150" } },
  },
};
