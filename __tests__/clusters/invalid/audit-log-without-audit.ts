import { home } from "../home";

export default {
  ...home,
  servers: {
    ...home.servers,
    arguments: { "kube-apiserver": { "audit-log-maxage": "60", "audit-log-maxbackup": "5" } },
  },
};
