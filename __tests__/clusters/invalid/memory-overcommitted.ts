import { home } from "../home";

export default { ...home, workers: { ...home.workers, memory: "40 GiB" } };
