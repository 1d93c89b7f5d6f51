import { base } from "./base";

export default { ...base, routes: [{ ...base.routes[0], paths: { "/hallo": "hello" } }, base.routes[1]] };
