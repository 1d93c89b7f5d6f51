import { home } from "../home";

export default { ...home, storage: "longhorn", workers: { ...home.workers, count: 2 } };
