import { home } from "../home";

export default {
  ...home,
  workers: { ...home.workers, labels: { "node-role.kubernetes.io/worker": "true" } },
};
