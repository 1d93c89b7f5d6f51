import { site } from "../asking";

export default {
  ...site,
  routes: [
    {
      host: "main.test.com",
      paths: { "/hello": "hello" },
      edge: { certificate: "test.com", hsts: true, forceTls: false },
    },
  ],
  accept: { ...site.accept, "edge/hsts-lasts": "an example" },
};
