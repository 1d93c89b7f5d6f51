import { site } from "../asking";

export default {
  ...site,
  ingress: { ...site.ingress, proxyProtocol: ["192.168.0.0/24"] },
  routes: [{ host: "main.test.com", paths: { "/hello": "hello" }, edge: { certificate: "test.com" } }],
};
