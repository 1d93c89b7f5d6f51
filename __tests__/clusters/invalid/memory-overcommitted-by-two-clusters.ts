import { home, lab } from "../home";

export default [home, { ...lab, workers: { ...lab.workers, memory: "24 GiB" } }];
