import { defineCluster } from "../../../config/define-cluster";
import small from "./two-workers";

/** A worker to break in each way, and one to leave whole. */
export default defineCluster({
  ...small,
  workers: {
    count: 8,
    first: "192.168.0.31",
    on: ["pve1", "pve2"],
    cores: 2,
    memory: "4 GiB",
    disk: "40 GiB",
  },
});
