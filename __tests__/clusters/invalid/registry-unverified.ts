import { home } from "../home";

export default {
  ...home,
  rke2: {
    ...home.rke2,
    registries: {
      mirrors: { "docker.io": { endpoint: ["https://registry.test.com"] } },
      configs: { "registry.test.com": { tls: { insecureSkipVerify: true } } },
    },
  },
};
