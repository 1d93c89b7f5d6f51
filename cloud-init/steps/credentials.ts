import type { Step } from "../document";
import { paths } from "../paths";

const shared: Step = {
  privateDirectories: [paths.rke2, paths.node],
  files: [
    { path: paths.agentToken, secret: "agent-token" },
    // known beforehand, so that a rebuilt machine keeps its name: RKE2 remembers each name's password
    { path: paths.nodePassword, secret: "node-password" },
  ],
};

/** agentCredentials: what makes a machine a worker, and nothing that makes it more. */
export const agentCredentials: Step = shared;

/** serverCredentials: a server also holds the token that makes servers. */
export const serverCredentials: Step = {
  ...shared,
  files: [{ path: paths.serverToken, secret: "server-token" }, ...(shared.files ?? [])],
};
