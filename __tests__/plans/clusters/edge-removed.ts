import { base } from "./base";

export default {
  ...base,
  routes: base.routes.map(({ host, paths }) => ({ host, paths })),
  edge: undefined,
};
