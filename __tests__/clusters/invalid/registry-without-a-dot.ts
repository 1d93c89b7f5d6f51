import { home } from "../home";

export default {
  ...home,
  rke2: { ...home.rke2, registries: { mirrors: { docker: { endpoint: ["https://registry.test.com"] } } } },
};
