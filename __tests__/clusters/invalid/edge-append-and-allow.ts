import { site } from "../asking";

export default {
  ...site,
  routes: [
    {
      host: "main.test.com",
      paths: { "/hello": "hello" },
      edge: { certificate: "test.com", clientIp: "append", allow: ["192.168.0.0/24"] },
    },
  ],
};
