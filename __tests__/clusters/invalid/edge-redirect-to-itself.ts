import { site } from "../asking";

export default {
  ...site,
  routes: [
    {
      host: "main.test.com",
      paths: { "/": { redirect: { scheme: "https" } }, "/hello": "hello" },
      edge: { certificate: "test.com" },
    },
  ],
};
