import { home } from "../home";

export default {
  ...home,
  rke2: { ...home.rke2, profile: "cis" },
  services: { hello: { namespace: "default", image: "hello:1", port: 8080 } },
};
