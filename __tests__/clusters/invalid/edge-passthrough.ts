import { site } from "../asking";

export default {
  ...site,
  routes: [{ host: "raw.test.com", passthrough: "secure", edge: { certificate: "test.com" } }],
};
