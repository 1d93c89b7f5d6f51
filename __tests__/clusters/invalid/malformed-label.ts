import { home } from "../home";

export default { ...home, workers: { ...home.workers, labels: { disk: "very fast" } } };
