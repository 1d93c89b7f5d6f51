import { home } from "../home";

export default {
  ...home,
  rke2: {
    ...home.rke2,
    registries: {
      mirrors: { "docker.io": { endpoint: ["http://registry.test.com:5000"] } },
      configs: {
        "registry.test.com:5000": {
          auth: { username: "nodes", password: { fromVariable: "registry_password" } },
        },
      },
    },
  },
};
