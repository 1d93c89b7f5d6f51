import { base } from "./base";

export default { ...base, routes: base.routes.slice(0, 1) };
