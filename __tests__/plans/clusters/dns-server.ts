import { base } from "./base";

export default { ...base, network: { ...base.network, dns: ["192.168.0.1", "9.9.9.9"] } };
