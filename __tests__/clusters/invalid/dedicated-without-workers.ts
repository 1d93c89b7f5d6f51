import { home } from "../home";

export default {
  ...home,
  servers: { ...home.servers, dedicated: true },
  workers: { ...home.workers, count: 0 },
};
