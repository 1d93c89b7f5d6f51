import { home } from "../home";

export default {
  ...home,
  services: { hello: { image: "hello:1", port: 8080 } },
  routes: [{ host: "main.test.com", paths: { "/": "hello" }, mirror: { to: "hello", percent: 10 } }],
};
