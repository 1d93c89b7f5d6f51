import { home } from "../home";

export default { ...home, workers: { ...home.workers, on: ["pve1", "pve-2"] } };
