import { home } from "../home";

export default {
  ...home,
  name: "the-cluster-of-the-second-floor-left",
  state: { pg: { schema: "state_of_clusters_at_home" } },
};
