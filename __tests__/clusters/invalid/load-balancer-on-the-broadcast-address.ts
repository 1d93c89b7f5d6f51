import { home } from "../home";

export default { ...home, loadBalancer: { addresses: ["192.168.0.240-192.168.0.244", "192.168.0.255"] } };
