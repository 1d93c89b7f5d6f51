import { home } from "../home";

export default {
  ...home,
  edge: { nginxProxyManager: { url: "192.168.0.100:81", address: "192.168.0.100" } },
};
