import { base } from "./base";

export default { ...base, loadBalancer: { addresses: "192.168.0.230-192.168.0.250" } };
