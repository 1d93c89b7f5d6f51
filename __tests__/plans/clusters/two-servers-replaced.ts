import { base } from "./base";

export default { ...base, protect: false, servers: { ...base.servers, on: ["pve1", "pve3", "pve2"] } };
