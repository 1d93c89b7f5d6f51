import { site } from "../asking";

export default {
  ...site,
  routes: [
    {
      host: "main.test.com",
      paths: { "/hello": "hello" },
      edge: {
        certificate: "test.com",
        locations: {
          "/a": { to: { address: "192.168.0.31", port: 8080 } },
          "/b": { to: { address: "172.29.1.1", port: 8080 } },
          "/c": { to: { address: "172.30.0.10", port: 8080 } },
          "/d": { to: { address: "127.0.0.1", port: 81 } },
          "/e": { to: { address: "192.168.0.100", port: 81 } },
          "/f": { to: { address: "192.168.0.20", port: 6443 } },
        },
      },
    },
  ],
};
