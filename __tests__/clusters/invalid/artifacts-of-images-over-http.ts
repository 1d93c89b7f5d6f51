import { home } from "../home";

export default {
  ...home,
  rke2: {
    ...home.rke2,
    sha256: "0123456789abcdef".repeat(4),
    artifacts: { from: "http://192.168.0.5/rke2" },
  },
  upgrades: false,
  accept: { "template/unpinned": "an example" },
};
