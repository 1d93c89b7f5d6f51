import { site } from "../asking";

export default {
  ...site,
  routes: [
    { host: "main.test.com", passthrough: "secure" },
    { host: "main.test.com", passthrough: "hello" },
  ],
};
