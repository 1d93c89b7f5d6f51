import { site } from "../asking";

export default {
  ...site,
  routes: [
    {
      hosts: Array.from({ length: 101 }, (_, index) => `site-${index}.test.com`),
      paths: { "/hello": "hello" },
      edge: { certificate: "test.com" },
    },
  ],
};
