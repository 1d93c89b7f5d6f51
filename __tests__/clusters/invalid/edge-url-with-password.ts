import { site } from "../asking";

export default {
  ...site,
  edge: { nginxProxyManager: { url: "https://us:changeme@proxy.test.com/", address: "192.168.0.100" } },
};
