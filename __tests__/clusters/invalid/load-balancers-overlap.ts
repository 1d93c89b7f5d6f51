import { home, lab } from "../home";

export default [home, { ...lab, loadBalancer: { addresses: "192.168.0.242-192.168.0.250" } }];
