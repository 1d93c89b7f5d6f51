import { site } from "../asking";

export default {
  ...site,
  routes: [
    {
      host: "main.test.com",
      paths: { "/hello": "hello" },
      edge: {
        certificate: "test.com",
        timeouts: { connect: "0s" },
        locations: { "/files": { timeouts: { read: "0ms" } } },
      },
    },
  ],
};
