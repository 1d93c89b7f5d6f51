import { site } from "../asking";

export default {
  ...site,
  routes: [
    {
      host: "main.test.com",
      paths: { "/hello": "hello" },
      edge: { certificate: "test.com", rawNginx: "location /a { return 404;" },
    },
  ],
};
