import { home } from "../home";

export default {
  ...home,
  edge: { nginxProxyManager: { url: "http://172.30.0.5:81", address: "172.30.0.5" } },
};
