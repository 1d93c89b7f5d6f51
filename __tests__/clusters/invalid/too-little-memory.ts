import { home } from "../home";

export default { ...home, workers: { ...home.workers, memory: "2 GiB" } };
