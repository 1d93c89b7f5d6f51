import { home } from "../home";

export default {
  ...home,
  workers: {
    ...home.workers,
    arguments: { kubelet: { "max-pods=150": "", "feature-gates+": "UserNamespacesSupport=true" } },
  },
};
