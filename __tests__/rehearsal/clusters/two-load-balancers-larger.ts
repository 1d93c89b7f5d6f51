import { defineCluster } from "../../../config/define-cluster";
import before from "./two-load-balancers";

/** More memory for both load balancers: Proxmox changes it in a stopped machine only. */
export default defineCluster({
  ...before,
  api: {
    address: "192.168.0.20",
    through: "haproxy",
    loadBalancers: { first: "192.168.0.18", on: ["pve1", "pve2"], memory: "2 GiB" },
  },
});
