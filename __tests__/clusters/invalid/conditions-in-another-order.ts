import { site } from "../asking";

export default {
  ...site,
  ingress: { ...site.ingress, controller: "gateway-api" },
  routes: [
    {
      host: "main.test.com",
      paths: {
        "/hello": {
          to: "hello",
          when: [
            { headers: { "x-canary": "always" }, to: "next" },
            { methods: ["POST"], to: "hello" },
          ],
        },
      },
    },
  ],
};
