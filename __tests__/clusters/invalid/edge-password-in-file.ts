import { site } from "../asking";

export default {
  ...site,
  edge: { nginxProxyManager: { ...site.edge.nginxProxyManager, password: "changeme" } },
};
