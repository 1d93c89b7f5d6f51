import { siteOn } from "../asking";

export default {
  ...siteOn("gateway-api"),
  routes: [
    {
      host: "main.test.com",
      paths: { "/hello": { to: "hello", errorPages: { to: "other", statuses: [503] } } },
    },
  ],
};
