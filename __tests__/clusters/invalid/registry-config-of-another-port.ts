import { home } from "../home";

export default {
  ...home,
  rke2: {
    ...home.rke2,
    registries: {
      mirrors: { "docker.io": { endpoint: ["https://registry.test.com:5000"] } },
      configs: { "registry.test.com": { tls: {} } },
    },
  },
};
