import { home, lab } from "../home";

export default [home, { ...lab, workers: { ...lab.workers, count: 1, cores: 20 } }];
