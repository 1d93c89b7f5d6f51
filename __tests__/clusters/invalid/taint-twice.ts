import { home } from "../home";

export default {
  ...home,
  workers: { ...home.workers, taints: ["gpu=a100:PreferNoSchedule", "gpu=h100:PreferNoSchedule"] },
};
