import { home, lab } from "../home";

export default [
  { ...home, workers: { "lab-worker": home.workers } },
  { ...lab, name: "home-lab" },
];
