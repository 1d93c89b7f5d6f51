import { home } from "../home";

export default {
  ...home,
  template: { cloudImage: { url: "https://images.example.com/debian-13.qcow2", sha256: "d0fe84bb" } },
};
