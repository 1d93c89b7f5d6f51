import { site } from "../asking";

export default {
  ...site,
  edge: { nginxProxyManager: { url: "http://proxy.test.com:81", address: "192.168.0.100" } },
};
