import { siteOn } from "../asking";

export default {
  ...siteOn("gateway-api"),
  routes: [
    {
      host: "main.test.com",
      paths: {
        "/api/orders": "hello",
        "/api": { to: "hello", when: [{ methods: ["POST"], to: "next" }] },
      },
    },
  ],
};
