import { site } from "../asking";

export default {
  ...site,
  routes: [
    {
      host: "main.test.com",
      paths: { "/hello": "hello" },
      edge: { certificate: "test.com", cacheAssets: true, locations: { "/files": { maxBody: "1 GiB" } } },
    },
  ],
};
