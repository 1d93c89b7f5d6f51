import { home } from "../home";

export default { ...home, workers: { ...home.workers, count: 5, first: "192.168.0.252" } };
