import { base } from "./base";

export default { ...base, servers: { ...base.servers, cores: 8 } };
