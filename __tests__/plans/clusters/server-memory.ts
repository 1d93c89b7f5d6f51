import { base } from "./base";

export default { ...base, servers: { ...base.servers, memory: "16 GiB" } };
