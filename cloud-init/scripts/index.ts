import { readFileSync } from "node:fs";
import { join } from "node:path";

/** bootstrapScript decides before each start of rke2-server whether it joins or begins its cluster. */
export const bootstrapScript = script("bootstrap.sh");

/** installScript installs one exact RKE2 release. */
export const installScript = script("install-rke2.sh");

/** keepRegisteredScript registers a running worker again when the cluster has lost its Node. */
export const keepRegisteredScript = script("keep-registered.sh");

function script(name: string): string {
  return readFileSync(join(__dirname, name), "utf8");
}
