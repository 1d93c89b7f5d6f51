import { home, lab } from "../home";

export default [home, { ...lab, workers: { ...lab.workers, first: "192.168.0.32" } }];
