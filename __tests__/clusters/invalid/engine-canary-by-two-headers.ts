import { siteOn } from "../asking";

export default {
  ...siteOn("ingress-nginx"),
  routes: [
    {
      host: "main.test.com",
      paths: {
        "/hello": {
          to: "hello",
          when: [
            { headers: { "x-canary": "always" }, to: "next" },
            { headers: { "x-beta": "yes" }, to: "next" },
          ],
        },
      },
    },
  ],
};
