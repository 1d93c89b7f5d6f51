import { base } from "./base";

export default { ...base, workers: { ...base.workers, memory: "16 GiB" } };
