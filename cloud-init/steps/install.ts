import type { Cluster } from "../../config/model";
import type { Rke2 } from "../../config/model/rke2";
import { rke2Download } from "../../versions";
import type { Step } from "../document";
import { paths } from "../paths";
import { installScript } from "../scripts";
import { throughProxy } from "./http-proxy";

/** RKE2 by exact version, checked against the pinned digest or else the release's own checksum file. */
export function install({ rke2, network }: Cluster): Step {
  const { version, sha256, artifacts } = rke2;
  const release = `${artifacts?.from ?? rke2Download}/${encodeURIComponent(version)}`;
  const images = artifacts?.images === true ? imageArchives(rke2) : [];
  const pin = sha256 ?? (images.length === 0 ? undefined : "-");
  return {
    files: [{ path: paths.install, permissions: "0755", content: installScript }],
    commands: [
      throughProxy(network.proxy, [paths.install, release, ...(pin === undefined ? [] : [pin]), ...images]),
    ],
  };
}

/** imageArchives of a release that a node of this cluster needs. (rke2-docs: docs/install/airgap.md) */
function imageArchives({ cni }: Rke2): string[] {
  return ["core", cni.kind].map((set) => `rke2-images-${set}.linux-amd64.tar.zst`);
}
