import { defineCluster } from "../../../config/define-cluster";
import edited from "./edited-unprotected";
import { rke2, servers } from "./with-secrets";

/** That edit of the cluster with secrets on its machines. */
export default defineCluster({ ...edited, rke2, servers });
