import { defineCluster } from "../../../config/define-cluster";
import before from "./another-image";

/** Its templates are installed, and no longer cloud images. */
export default defineCluster({ ...before, template: { iso: "ubuntu-24.04" } });
