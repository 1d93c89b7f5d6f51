import { site } from "../asking";

export default {
  ...site,
  routes: [
    {
      host: "main.test.com",
      paths: { "/hello": { to: "hello", websocket: true } },
      edge: { certificate: "test.com", websocket: false },
    },
  ],
};
