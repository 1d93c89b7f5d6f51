import { home } from "../home";

export default { ...home, workers: { ...home.workers, disk: "100 MiB" } };
