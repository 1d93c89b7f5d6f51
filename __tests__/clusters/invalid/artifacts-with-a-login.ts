import { home } from "../home";

export default {
  ...home,
  rke2: { ...home.rke2, artifacts: { from: "https://nodes:hunter2@releases.test.com/rke2" } },
};
