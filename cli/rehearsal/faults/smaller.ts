import { clusterWith } from "./cluster-with";

/** Without the worker that faults strike. */
export default clusterWith({ struck: 0, cores: 2, memory: "4 GiB", labels: {}, dns: ["192.168.0.1"] });
