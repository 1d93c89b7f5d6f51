import { defineCluster } from "../../../config/define-cluster";
import before from "./three-servers";

/** More memory for every server: Proxmox changes it in a stopped machine only. */
export default defineCluster({
  ...before,
  servers: { ...before.servers, memory: "8 GiB" },
});
