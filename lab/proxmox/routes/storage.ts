import { badParameter, died } from "../api/api-error";
import type { Call } from "../api/call";
import type { Route } from "../api/router";
import { splitVolumeId } from "../properties/drive";
import { downloadUrl, queryUrlMetadata } from "../storage/download";
import type { Storage } from "../storage/storage";
import { uploadFile } from "../storage/upload";
import { volumePath } from "../storage/volume-path";
import type { Volume } from "../storage/volume";
import { storageConfig, storageRow } from "./storage-status";

const STORAGE = "/nodes/{node}/storage/{storage}";

export const storageRoutes: readonly Route[] = [
  { method: "GET", path: "/storage", run: listDefinitions },
  { method: "GET", path: "/storage/{storage}", run: getDefinition },
  { method: "GET", path: "/nodes/{node}/storage", run: listStorages },
  { method: "GET", path: `${STORAGE}/status`, run: (call) => storageRow(storageOf(call), call.node) },
  { method: "GET", path: `${STORAGE}/content`, run: listContent },
  { method: "GET", path: `${STORAGE}/content/{volume*}`, run: getVolume },
  { method: "DELETE", path: `${STORAGE}/content/{volume*}`, run: deleteVolume },
  { method: "POST", path: `${STORAGE}/download-url`, run: downloadUrl },
  { method: "POST", path: `${STORAGE}/upload`, run: uploadFile },
  { method: "GET", path: "/nodes/{node}/query-url-metadata", run: queryUrlMetadata },
];

const SEES = ["Datastore.Audit", "Datastore.AllocateSpace"];

function storageOf(call: Call): Storage {
  const id = call.parameters.required("storage");
  call.check(`/storage/${id}`, ...SEES);
  return call.cluster.storages.get(id);
}

function listDefinitions(call: Call): unknown {
  return call.cluster.storages
    .all()
    .filter((storage) => call.cluster.access.has(call.caller, `/storage/${storage.id}`, SEES))
    .map(storageConfig);
}

function getDefinition(call: Call): unknown {
  const id = call.parameters.required("storage");
  call.check(`/storage/${id}`, "Datastore.Allocate");
  return storageConfig(call.cluster.storages.get(id));
}

function listStorages(call: Call): unknown {
  const wanted = call.parameters.list("content");
  return call.cluster.storages
    .all()
    .filter((storage) => call.cluster.access.has(call.caller, `/storage/${storage.id}`, SEES))
    .filter(
      (storage) =>
        wanted.length === 0 || storage.definition.content.some((content) => wanted.includes(content)),
    )
    .map((storage) => ({
      storage: storage.id,
      ...storageRow(storage, call.node),
      used_fraction: storage.used(call.node) / storage.definition.bytes,
    }));
}

function listContent(call: Call): unknown {
  const storage = storageOf(call);
  const wanted = call.parameters.text("content");
  const owner = call.parameters.integer("vmid");
  return storage
    .volumes(call.node)
    .filter((volume) => storage.holds(volume.content) && (wanted === undefined || volume.content === wanted))
    .filter((volume) => owner === undefined || volume.owner === owner)
    .map(contentRow);
}

/** contentRow lists a disk by the size a guest sees, a file by the size on the storage. */
const contentRow = (volume: Volume): unknown => ({
  volid: volume.volid,
  content: volume.content,
  format: volume.format,
  ctime: volume.created,
  size: volume.content === "images" ? volume.bytes : volume.stored,
  ...(volume.content === "images" ? { used: volume.stored } : {}),
  ...(volume.owner === undefined ? {} : { vmid: volume.owner }),
  ...(volume.base === undefined ? {} : { parent: splitVolumeId(volume.base)?.name }),
});

/** volumeIdOf accepts the volume with or without its storage. */
function volumeIdOf(call: Call): string {
  const volume = call.parameters.required("volume");
  const storage = call.parameters.required("storage");
  const parts = splitVolumeId(volume);
  if (parts && parts.storage !== storage) {
    throw badParameter({ storage: `storage ID mismatch ('${storage}' != '${parts.storage}')` });
  }
  return parts ? volume : `${storage}:${volume}`;
}

function getVolume(call: Call): unknown {
  const volid = volumeIdOf(call);
  const storage = storageOf(call);
  const volume = call.cluster.storages.volume(call.node, volid);
  return {
    path: volumePath(storage, volume),
    size: volume.bytes,
    used: volume.stored,
    format: volume.content === "images" || volume.content === "import" ? volume.format : "raw",
  };
}

function deleteVolume(call: Call): string {
  const volid = volumeIdOf(call);
  const { cluster, node } = call;
  const storage = call.parameters.required("storage");
  call.check(`/storage/${storage}`, "Datastore.Allocate");
  cluster.storages.get(storage);
  return call.startTask("imgdel", `${volid.split(":")[1] ?? ""}@${storage}`, (log) => {
    if (!cluster.storages.find(node, volid)) throw died(`volume '${volid}' does not exist`);
    cluster.storages.free(node, volid);
    log.print(`Removed volume '${volid}'`);
  });
}
