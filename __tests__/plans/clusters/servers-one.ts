import { base } from "./base";

export default { ...base, protect: false, servers: { ...base.servers, count: 1 } };
