import { base } from "./base";

export default {
  ...base,
  template: {
    cloudImage: {
      url: "https://cloud-images.ubuntu.com/releases/noble/release/ubuntu-24.04-server-cloudimg-amd64.img",
    },
  },
};
