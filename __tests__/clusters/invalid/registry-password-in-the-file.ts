import { home } from "../home";

export default {
  ...home,
  rke2: {
    ...home.rke2,
    registries: { configs: { "registry.test.com": { auth: { username: "nodes", password: "hunter2" } } } },
  },
};
