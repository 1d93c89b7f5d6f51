import { home } from "../home";

export default {
  ...home,
  servers: {
    ...home.servers,
    arguments: {
      "kube-apiserver": {
        "advertise-address": "192.168.0.20",
        "service-cluster-ip-range": "10.43.0.0/16",
        "service-node-port-range": "20000-40000",
        "etcd-servers": "https://192.168.0.7:2379",
        "kubelet-client-key": "/etc/key.pem",
      },
      "kube-controller-manager": { "node-cidr-mask-size": "25", "root-ca-file": "/etc/ca.pem" },
      "kube-scheduler": { kubeconfig: "/root/.kube/config" },
      etcd: {
        name: "first",
        "data-dir": "/data/etcd",
        "initial-cluster-state": "new",
        "peer-cert-file": "/etc/peer.pem",
      },
    },
  },
};
