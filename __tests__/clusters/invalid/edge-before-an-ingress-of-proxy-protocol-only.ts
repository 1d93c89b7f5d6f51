import { siteOn } from "../asking";

export default {
  ...siteOn("istio"),
  ingress: { ...siteOn("istio").ingress, proxyProtocol: ["10.0.0.0/8"] },
  routes: [{ host: "main.test.com", paths: { "/hello": "hello" }, edge: { certificate: "test.com" } }],
};
