import { siteOn } from "../asking";

export default {
  ...siteOn("ingress-nginx"),
  routes: [
    {
      host: "main.test.com",
      paths: {
        "/a": { to: "hello", sticky: true },
        "/b": { to: "hello", sticky: { cookie: "seat" } },
        "/c": "hello",
      },
    },
  ],
};
