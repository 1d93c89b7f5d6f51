import { home } from "../home";

export default {
  ...home,
  rke2: { version: "v1.37.0+rke2r1" },
  ingress: { ...home.ingress, controller: "ingress-nginx" },
};
