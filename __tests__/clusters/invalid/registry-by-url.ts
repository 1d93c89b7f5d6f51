import { home } from "../home";

export default {
  ...home,
  rke2: {
    ...home.rke2,
    registries: {
      mirrors: { "https://docker.io/library": {} },
      configs: { "registry.test.com:5000/v2": {} },
    },
    systemDefaultRegistry: "registry.test.com/rancher",
  },
};
