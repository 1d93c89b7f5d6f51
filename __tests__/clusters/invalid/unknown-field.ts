import { home } from "../home";

export default { ...home, workers: { ...home.workers, labls: { tier: "web" } } };
