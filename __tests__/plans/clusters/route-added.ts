import { base } from "./base";

export default {
  ...base,
  routes: [
    ...base.routes,
    { host: "new.test.com", paths: { "/": "shop" }, edge: { certificate: "test.com" } },
  ],
};
