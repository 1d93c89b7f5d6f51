import { home } from "../home";

export default {
  ...home,
  servers: {
    ...home.servers,
    arguments: {
      kubelet: { "protect-kernel-defaults": "false" },
      "kube-apiserver": {
        "audit-policy-file": "/etc/audit.yaml",
        "admission-control-config-file": "/etc/admission.yaml",
      },
    },
  },
  rke2: { ...home.rke2, profile: "cis" },
};
