import { base } from "./base";

export default { ...base, workers: { ...base.workers, on: ["pve3", "pve2"] } };
