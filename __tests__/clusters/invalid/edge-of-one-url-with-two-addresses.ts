import { site } from "../asking";
import { lab } from "../home";

export default [
  site,
  { ...lab, edge: { nginxProxyManager: { url: "http://192.168.0.100:81/", address: "192.168.0.101" } } },
];
