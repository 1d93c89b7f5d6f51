import { home } from "../home";

export default {
  ...home,
  rke2: {
    ...home.rke2,
    registries: { mirrors: { "docker.io": { endpoint: ["https://nodes:hunter2@registry.test.com"] } } },
  },
};
