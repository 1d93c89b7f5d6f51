import { defineCluster } from "../../../config/define-cluster";
import before from "./two-workers";

/** The second worker gone, the first changed in place, everything ready to be destroyed. */
export default defineCluster({
  ...before,
  protect: false,
  workers: {
    count: 1,
    first: "192.168.0.31",
    on: ["pve1", "pve2"],
    cores: 3,
    memory: "5 GiB",
    disk: "50 GiB",
  },
});
