import type { Storage } from "../storage/storage";

/** storageRow is a storage's state on one host, in …/storage and …/storage/{storage}/status. */
export function storageRow(storage: Storage, host: string): Record<string, unknown> {
  const total = storage.definition.bytes;
  const used = storage.used(host);
  return {
    type: storage.definition.type,
    content: storage.definition.content.join(","),
    shared: storage.definition.shared ? 1 : 0,
    active: 1,
    enabled: 1,
    total,
    used,
    avail: total - used,
  };
}

export function storageResource(storage: Storage, host: string): Record<string, unknown> {
  return {
    id: `storage/${host}/${storage.id}`,
    type: "storage",
    storage: storage.id,
    node: host,
    plugintype: storage.definition.type,
    content: storage.definition.content.join(","),
    shared: storage.definition.shared ? 1 : 0,
    status: "available",
    disk: storage.used(host),
    maxdisk: storage.definition.bytes,
  };
}

/** storageConfig is a storage's definition, as GET /storage/{storage} answers it. */
export function storageConfig(storage: Storage): Record<string, unknown> {
  const { type, shared, content } = storage.definition;
  const own = {
    dir: { path: storage.path },
    nfs: { path: storage.path, server: "nfs.lab", export: `/export/${storage.id}` },
    lvmthin: { vgname: "pve", thinpool: storage.id },
    zfspool: { pool: `rpool/${storage.id}`, sparse: 1 },
    rbd: { pool: storage.id, krbd: 0 },
  };
  return {
    storage: storage.id,
    type,
    content: content.join(","),
    digest: "da39a3ee5e6b4b0d3255bfef95601890afd80709",
    ...(shared ? { shared: 1 } : {}),
    ...own[type],
  };
}
