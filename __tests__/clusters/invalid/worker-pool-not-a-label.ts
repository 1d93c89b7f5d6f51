import { home } from "../home";

export default { ...home, workers: { "big ones": home.workers } };
