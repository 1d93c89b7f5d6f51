import { siteOn } from "../asking";

export default {
  ...siteOn("gateway-api"),
  routes: [{ host: "main.test.com", passthrough: "outside" }],
};
