import { home } from "../home";

export default { ...home, workers: { ...home.workers, cores: 24 } };
