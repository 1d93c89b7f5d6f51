import { home, lab } from "../home";

export default [home, { ...lab, network: { ...lab.network, pods: home.network.pods } }];
