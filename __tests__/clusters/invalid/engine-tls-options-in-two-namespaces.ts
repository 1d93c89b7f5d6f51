import { siteOn } from "../asking";

export default {
  ...siteOn("traefik"),
  routes: [
    {
      host: "main.test.com",
      tls: { certificate: "test.com", minVersion: "1.3" },
      paths: { "/hello": "hello" },
    },
    {
      host: "main.test.com",
      tls: { certificate: "test.com", minVersion: "1.3" },
      paths: { "/other": "other" },
    },
  ],
};
