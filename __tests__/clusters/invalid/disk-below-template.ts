import { home } from "../home";

export default { ...home, workers: { ...home.workers, disk: "6 GiB" } };
