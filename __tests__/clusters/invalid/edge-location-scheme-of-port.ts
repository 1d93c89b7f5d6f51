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
          "/a": { to: { address: "192.168.0.9", port: 443 } },
          "/b": { to: { scheme: "https", address: "192.168.0.9", port: 80 } },
        },
      },
    },
  ],
};
