import { home } from "../home";

export default { ...home, workers: { ...home.workers, retired: [7] } };
