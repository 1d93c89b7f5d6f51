import { home } from "../home";

export default { ...home, workers: { ...home.workers, disk: "500 MiB" } };
