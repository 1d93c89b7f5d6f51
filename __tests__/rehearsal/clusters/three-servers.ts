import { defineCluster } from "../../../config/define-cluster";
import small from "./two-workers";

export default defineCluster({
  ...small,
  servers: { ...small.servers, count: 3, on: ["pve1", "pve2"] },
  accept: { "machines/one-host-holds-quorum": "nothing here outlives the test" },
});
