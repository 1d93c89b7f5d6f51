import { base } from "./base";

export default { ...base, workers: { ...base.workers, disk: "120 GiB" } };
