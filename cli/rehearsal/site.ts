import type { Cluster } from "../../config/model";
import type { LabHost, LabSite, LabStorage } from "../../lab/site";
import { Mistake } from "../mistake";

/** siteOf the clusters of a file: one Proxmox installation with every host, store and bridge that they name. */
export function siteOf(clusters: readonly Cluster[]): LabSite {
  const [endpoint = "", ...others] = new Set(clusters.map(({ proxmox }) => proxmox.endpoint));
  if (others.length > 0) {
    throw new Mistake(
      `The file has clusters at several Proxmox endpoints (${[endpoint, ...others].join(", ")}).\n` +
        "A rehearsal stands up one Proxmox installation: rehearse each cluster in a file of its own.",
    );
  }
  const hosts = new Map<string, LabHost>();
  for (const host of clusters.flatMap(({ proxmox }) => proxmox.hosts)) hosts.set(host.name, host);
  return {
    endpoint,
    hosts: [...hosts.values()],
    storages: storagesOf(clusters),
    bridges: [...new Set(clusters.map(({ proxmox }) => proxmox.bridge))],
    releases: clusters.flatMap(({ rke2: { artifacts, version } }) =>
      artifacts === undefined ? [] : [{ from: artifacts.from, version }],
    ),
    proxies: clusters.flatMap(({ network: { proxy } }) => proxy?.url ?? []),
  };
}

/** contents that a store must take for each use the clusters make of it. */
const contents = {
  disks: ["images", "rootdir"],
  images: ["import", "iso"],
  snippets: ["snippets"],
} as const satisfies Record<string, LabStorage["content"]>;

function storagesOf(clusters: readonly Cluster[]): LabStorage[] {
  const storages = new Map<string, LabStorage>();
  for (const { proxmox } of clusters) {
    for (const use of ["disks", "images", "snippets"] as const) {
      const { id, shared } = proxmox[use];
      const content = [...new Set([...(storages.get(id)?.content ?? []), ...contents[use]])];
      storages.set(id, { id, shared, content, type: typeOf(shared, content), bytes: 8 * 2 ** 40 });
    }
  }
  return [...storages.values()];
}

/** typeOf a store as homes have them: files need a directory or NFS, disks alone get thin volumes or Ceph. */
function typeOf(shared: boolean, content: LabStorage["content"]): LabStorage["type"] {
  const holdsFiles = content.some((kind) => kind !== "images" && kind !== "rootdir");
  if (holdsFiles) return shared ? "nfs" : "dir";
  return shared ? "rbd" : "lvmthin";
}
