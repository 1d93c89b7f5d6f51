import { base } from "./base";

export default {
  ...base,
  routes: [{ ...base.routes[0], edge: { certificate: "test.com", hsts: true } }, base.routes[1]],
};
