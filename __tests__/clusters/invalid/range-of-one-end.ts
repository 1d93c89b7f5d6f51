import { home } from "../home";

export default { ...home, loadBalancer: { addresses: "192.168.0.240-" } };
