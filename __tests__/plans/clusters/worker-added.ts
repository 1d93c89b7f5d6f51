import { base } from "./base";

export default { ...base, workers: { ...base.workers, count: 3 } };
