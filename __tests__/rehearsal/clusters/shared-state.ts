import { defineCluster } from "../../../config/define-cluster";
import before from "./two-workers";

/** The least that has both roles, its state in a database. */
export default defineCluster({ ...before, state: { pg: {} } });
