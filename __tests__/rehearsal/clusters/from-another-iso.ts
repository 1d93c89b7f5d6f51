import { defineCluster } from "../../../config/define-cluster";
import before from "./from-iso";

/** Its templates are installed from another ISO. */
export default defineCluster({
  ...before,
  template: { iso: { url: "https://releases.ubuntu.com/24.04.3/ubuntu-24.04.3-live-server-amd64.iso" } },
});
