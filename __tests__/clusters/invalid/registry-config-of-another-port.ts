import { home } from "../home";

export default {
  ...home,
  rke2: {
    ...home.rke2,
    registries: {
      mirrors: { "docker.io": { endpoint: ["https://r.test.com:5000"] } },
      configs: { "r.test.com": { tls: {} } },
    },
  },
};
