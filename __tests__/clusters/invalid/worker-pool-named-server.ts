import { home } from "../home";

export default { ...home, workers: { server: home.workers } };
