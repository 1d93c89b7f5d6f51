import { site } from "../asking";

export default {
  ...site,
  routes: [
    {
      host: "main.test.com",
      paths: { "/hello": "hello" },
      edge: {
        certificate: "test.com",
        locations: { "/": {}, files: {}, "/a { return 200; } location /b": {}, "/a$b": {}, "/a%20b": {} },
      },
    },
  ],
};
