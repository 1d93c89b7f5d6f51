import { home, lab } from "../home";

export default [home, { ...lab, loadBalancer: home.loadBalancer, ingress: home.ingress }];
