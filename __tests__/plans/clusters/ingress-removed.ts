import { base } from "./base";

export default { ...base, routes: [], ingress: undefined, edge: undefined };
