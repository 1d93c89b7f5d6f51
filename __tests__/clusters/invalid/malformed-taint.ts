import { home } from "../home";

export default { ...home, workers: { ...home.workers, taints: ["example.com/gpu=true:NoExec"] } };
