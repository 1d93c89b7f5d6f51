import { base } from "./base";

export default { ...base, services: { hello: base.services.hello }, routes: base.routes.slice(0, 1) };
