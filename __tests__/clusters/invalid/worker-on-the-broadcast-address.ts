import { home } from "../home";

export default { ...home, workers: { ...home.workers, first: "192.168.0.253" } };
