import { site } from "../asking";

export default {
  ...site,
  routes: [
    {
      host: "main.test.com",
      paths: {
        "/hello": { to: "hello", maxBody: "1 GiB", timeouts: { request: "5m" } },
        "/files/large": { to: "hello", maxBody: "8 GiB", timeouts: { request: "50m" } },
      },
      edge: {
        certificate: "test.com",
        maxBody: "10 MiB",
        timeouts: { read: "60s" },
        locations: { "/files": { maxBody: "4 GiB", timeouts: { read: "10m" } } },
      },
    },
  ],
};
