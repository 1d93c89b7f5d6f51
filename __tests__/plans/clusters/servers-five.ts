import { base } from "./base";

export default { ...base, servers: { ...base.servers, count: 5, on: ["pve1", "pve2", "pve3"] } };
