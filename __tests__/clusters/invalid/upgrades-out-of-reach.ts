import { home } from "../home";

export default {
  ...home,
  rke2: { ...home.rke2, artifacts: { from: "https://releases.test.com/rke2" } },
};
