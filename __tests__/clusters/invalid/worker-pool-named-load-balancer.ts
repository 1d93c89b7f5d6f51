import { optioned } from "../optioned";

export default { ...optioned, workers: { "load-balancer": optioned.workers } };
