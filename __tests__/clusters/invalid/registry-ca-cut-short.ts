import { home } from "../home";
import { authority } from "../optioned";

export default {
  ...home,
  rke2: {
    ...home.rke2,
    registries: {
      configs: { "registry.test.com": { tls: { ca: authority.replace(/\n.*\n-----END/, "\n-----END") } } },
    },
  },
};
