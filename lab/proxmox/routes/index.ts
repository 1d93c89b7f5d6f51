import type { Route } from "../api/router";
import { accessRoutes } from "./access";
import { agentRoutes } from "./agent";
import { clusterRoutes } from "./cluster";
import { haRoutes } from "./ha";
import { haRuleRoutes } from "./ha-rules";
import { nodeRoutes } from "./nodes";
import { poolRoutes } from "./pools";
import { qemuRoutes } from "./qemu";
import { storageRoutes } from "./storage";
import { taskRoutes } from "./tasks";

export const routes: readonly Route[] = [
  ...accessRoutes,
  ...clusterRoutes,
  ...haRoutes,
  ...haRuleRoutes,
  ...nodeRoutes,
  ...poolRoutes,
  ...qemuRoutes,
  ...agentRoutes,
  ...storageRoutes,
  ...taskRoutes,
];
