import { home } from "../home";

export default {
  ...home,
  servers: {
    ...home.servers,
    arguments: {
      kubelet: {
        "node-ip": "192.168.0.9",
        "hostname-override": "first",
        "node-labels": "tier=web",
        "register-with-taints": "gpu:NoSchedule",
        "resolv-conf": "/etc/resolv.conf",
        "cluster-dns": "172.30.0.53",
        "cluster-domain": "home.arpa",
        "root-dir": "/data/kubelet",
        "client-ca-file": "/etc/ca.pem",
        "tls-private-key-file": "/etc/key.pem",
        "anonymous-auth": "true",
      },
      "kube-proxy": { "cluster-cidr": "10.42.0.0/16" },
    },
  },
  workers: { gpu: { ...home.workers, arguments: { kubelet: { "node-ip": ["192.168.0.9", "fd00::9"] } } } },
};
