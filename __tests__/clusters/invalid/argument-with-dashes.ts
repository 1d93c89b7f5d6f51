import { home } from "../home";

export default { ...home, workers: { ...home.workers, arguments: { kubelet: { "--max-pods": "150" } } } };
