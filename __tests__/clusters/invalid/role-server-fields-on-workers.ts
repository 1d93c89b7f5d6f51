import { home } from "../home";

export default {
  ...home,
  workers: { ...home.workers, dedicated: true, etcd: { snapshots: { retention: 10 } } },
};
