import { clusterWith } from "./cluster-with";

export default clusterWith({ struck: 1, cores: 2, memory: "4 GiB", labels: {}, dns: ["192.168.0.1"] });
