import { defineCluster } from "../../../config/define-cluster";
import before from "./two-workers";

/** Each worker on the other's host: both are made again. */
export default defineCluster({
  ...before,
  workers: {
    count: 2,
    first: "192.168.0.31",
    on: ["pve2", "pve1"],
    cores: 2,
    memory: "4 GiB",
    disk: "40 GiB",
  },
});
