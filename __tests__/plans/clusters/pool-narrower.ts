import { base } from "./base";

export default { ...base, loadBalancer: { addresses: "192.168.0.240-192.168.0.245" } };
