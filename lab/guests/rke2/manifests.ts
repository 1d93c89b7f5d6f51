import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import type { Cluster } from "./cluster";
import { readKubeVip } from "./kube-vip";

const folder = "var/lib/rancher/rke2/server/manifests";

/** applyManifests applies what a server carries in server/manifests, as RKE2 does at its start. */
export function applyManifests(root: string, cluster: Cluster, problem: (text: string) => void): void {
  const path = join(root, folder);
  if (!existsSync(path)) return;
  for (const name of readdirSync(path)
    .filter((file) => /\.(ya?ml|json)$/.test(file))
    .sort()) {
    for (const document of parseAllDocuments(readFileSync(join(path, name), "utf8"))) {
      if (document.errors[0] !== undefined) problem(`manifest ${name}: ${document.errors[0].message}`);
      const object: unknown = document.toJS();
      if (cluster.rbac.apply(object)) continue;
      cluster.kubeVip = readKubeVip(object, problem) ?? cluster.kubeVip;
    }
  }
}
