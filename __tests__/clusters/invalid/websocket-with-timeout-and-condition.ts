import { siteOn } from "../asking";

export default {
  ...siteOn("traefik"),
  routes: [
    {
      host: "main.test.com",
      paths: {
        "/chat": {
          to: "hello",
          websocket: true,
          timeouts: { request: "30s" },
          when: [{ methods: ["POST"], to: "next" }],
        },
      },
    },
  ],
};
