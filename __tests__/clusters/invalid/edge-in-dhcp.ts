import { home } from "../home";

export default {
  ...home,
  edge: { nginxProxyManager: { url: "http://192.168.0.60:81", address: "192.168.0.60" } },
};
