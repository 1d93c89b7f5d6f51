import { site } from "../asking";

export default {
  ...site,
  edge: { nginxProxyManager: { url: "http://192.168.0.100:81/api", address: "192.168.0.100" } },
};
