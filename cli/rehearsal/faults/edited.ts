import { clusterWith } from "./cluster-with";

/** Another nameserver and a label, so that snippets are written again, and more cores and memory for the worker that faults strike. */
export default clusterWith({
  struck: 1,
  cores: 4,
  memory: "6 GiB",
  labels: { edited: "yes" },
  dns: ["192.168.0.1", "9.9.9.9"],
});
