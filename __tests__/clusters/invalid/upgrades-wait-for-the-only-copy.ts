import { home } from "../home";

export default {
  ...home,
  storage: "longhorn",
  workers: { ...home.workers, count: 1 },
  accept: { ...home.accept, "storage/fewer-copies": "a lab" },
};
