import { defineCluster } from "../../../config/define-cluster";
import small from "./two-workers";

/** Server 2 joins a cluster that lives; server 3 waits until server 2 is Ready. */
export default defineCluster({
  ...small,
  servers: { ...small.servers, count: 3, on: ["pve1", "pve2"] },
  workers: { count: 1, first: "192.168.0.31", on: ["pve1"], cores: 2, memory: "4 GiB", disk: "40 GiB" },
  accept: { "machines/one-host-holds-quorum": "nothing here outlives the test" },
});
