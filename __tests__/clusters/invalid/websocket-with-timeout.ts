import { site } from "../asking";

export default {
  ...site,
  routes: [
    {
      host: "main.test.com",
      paths: { "/chat": { to: "hello", websocket: true } },
      timeouts: { request: "30s" },
    },
  ],
};
