import { home } from "../home";

export default {
  ...home,
  servers: { ...home.servers, taints: ["node-role.kubernetes.io/control-plane:NoSchedule"] },
  workers: { ...home.workers, taints: ["gpu=true:NoExecute"] },
};
