import { defineCluster } from "../../../config/define-cluster";
import small from "./two-workers";

/** One server, behind two machines that hold the API's address. */
export default defineCluster({
  ...small,
  workers: { count: 1, first: "192.168.0.31", on: ["pve1"], cores: 2, memory: "4 GiB", disk: "40 GiB" },
  api: {
    address: "192.168.0.20",
    through: "haproxy",
    loadBalancers: { first: "192.168.0.18", on: ["pve1", "pve2"], memory: "1 GiB" },
  },
});
