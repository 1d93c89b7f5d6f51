import { siteOn } from "../asking";

export default {
  ...siteOn("traefik"),
  certificates: { ...siteOn("traefik").certificates, "main.test.com": { fromVariable: "main" } },
  routes: [
    { host: "main.test.com", tls: "test.com", paths: { "/hello": "hello" } },
    { host: "main.test.com", tls: "main.test.com", paths: { "/next": "next" } },
    { host: "main.test.com", paths: { "/plain": "next" } },
    {
      host: "main.test.com",
      tls: { certificate: "test.com", minVersion: "1.2" },
      paths: { "/same": "next" },
    },
  ],
};
