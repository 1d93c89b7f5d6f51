import { siteOn } from "../asking";

export default {
  ...siteOn("ingress-nginx"),
  routes: [
    {
      host: "main.test.com",
      paths: {
        "/hello": {
          to: "hello",
          when: [{ headers: { "x-canary": "always" }, to: { next: 50, secure: 50 } }],
        },
      },
    },
  ],
};
