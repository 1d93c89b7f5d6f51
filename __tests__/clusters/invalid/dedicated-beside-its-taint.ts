import { home } from "../home";

export default {
  ...home,
  servers: { ...home.servers, dedicated: true, taints: ["CriticalAddonsOnly=true:NoExecute"] },
};
