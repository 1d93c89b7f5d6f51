import { home } from "../home";

export default {
  ...home,
  rke2: { ...home.rke2, cni: { cilium: { kubeProxyReplacement: true } } },
  workers: { ...home.workers, arguments: { "kube-proxy": { "proxy-mode": "ipvs" } } },
};
