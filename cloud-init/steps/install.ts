import type { Rke2 } from "../../config/model";
import { rke2Download } from "../../versions";
import type { Step } from "../document";
import { paths } from "../paths";
import { installScript } from "../scripts";

/** RKE2 by exact version, checked against the pinned digest or else the release's own checksum file. */
export function install(rke2: Rke2): Step {
  const release = `${rke2Download}/${encodeURIComponent(rke2.version)}`;
  return {
    files: [{ path: paths.install, permissions: "0755", content: installScript }],
    commands: [[paths.install, release, ...(rke2.sha256 === undefined ? [] : [rke2.sha256])]],
  };
}
