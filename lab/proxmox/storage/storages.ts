import type { DiskContent, MachineRoom } from "../../machine";
import type { LabSite } from "../../site";
import { died } from "../api/api-error";
import { splitVolumeId } from "../properties/drive";
import { Storage } from "./storage";
import type { ContentType, Volume } from "./volume";
import { cloudInitName, diskFormats, diskName, isFileBased } from "./volume-names";

export interface NewDisk {
  readonly storage: string;
  readonly vmId: number;
  readonly bytes: number;
  readonly stored: number;
  readonly disk: DiskContent;
  readonly format?: string | undefined;
  readonly base?: string;
  /** name, if it is not to be the next free `vm-ID-disk-N`. */
  readonly name?: string;
}

/** Storages are all storages of the cluster, addressed by host and volume id. */
export class Storages {
  private readonly byId: ReadonlyMap<string, Storage>;

  constructor(
    site: LabSite,
    private readonly machines: MachineRoom,
  ) {
    this.byId = new Map(
      site.storages.map((definition) => [definition.id, new Storage(definition, site.hosts)]),
    );
  }

  all(): Storage[] {
    return [...this.byId.values()];
  }

  get(id: string): Storage {
    const storage = this.byId.get(id);
    if (!storage) throw died(`storage '${id}' does not exist`);
    return storage;
  }

  has(id: string): boolean {
    return this.byId.has(id);
  }

  find(host: string, volid: string): Volume | undefined {
    const parts = splitVolumeId(volid);
    return parts && this.byId.get(parts.storage)?.find(host, parts.name);
  }

  /** volume that must be there. */
  volume(host: string, volid: string): Volume {
    const parts = splitVolumeId(volid);
    if (!parts) throw died(`unable to parse volume ID '${volid}'`);
    const volume = this.get(parts.storage).find(host, parts.name);
    if (!volume) throw died(`volume '${volid}' does not exist`);
    return volume;
  }

  createDisk(host: string, request: NewDisk): Volume {
    const storage = this.get(request.storage);
    const formats = diskFormats(storage.definition.type);
    const format = request.format ?? formats[0] ?? "raw";
    if (!formats.includes(format)) throw died(`unsupported format '${format}'`);
    const index = storage.nextDiskIndex(host, request.vmId);
    const name = request.name ?? diskName(storage.definition.type, request.vmId, index, format);
    return storage.add(host, {
      ...volumeOf(storage.id, name, "images", format),
      bytes: request.bytes,
      stored: request.stored,
      owner: request.vmId,
      disk: request.disk,
      ...(request.base === undefined ? {} : { base: request.base }),
    });
  }

  createCloudInit(host: string, storageId: string, vmId: number): Volume {
    const storage = this.get(storageId);
    const format = isFileBased(storage.definition.type) ? "qcow2" : "raw";
    const name = cloudInitName(storage.definition.type, vmId);
    return this.createDisk(host, {
      storage: storageId,
      vmId,
      bytes: 4 * 1024 ** 2,
      stored: 4 * 1024 ** 2,
      disk: { kind: "empty" },
      format,
      name,
    });
  }

  createFile(
    host: string,
    volid: string,
    content: ContentType,
    file: Pick<Volume, "format" | "bytes" | "disk"> & { text?: Buffer; stored: number },
  ): Volume {
    const parts = splitVolumeId(volid);
    if (!parts) throw died(`unable to parse volume ID '${volid}'`);
    const storage = this.get(parts.storage);
    storage.remove(host, parts.name);
    return storage.add(host, { ...volumeOf(parts.storage, parts.name, content, file.format), ...file });
  }

  /** rename keeps the volume's content under another name. */
  rename(host: string, volume: Volume, name: string): Volume {
    const storage = this.get(volume.storage);
    storage.remove(host, volume.name);
    return storage.add(host, { ...volume, name, volid: `${volume.storage}:${name}` });
  }

  /** free deletes a volume and what a guest had on it; a base volume in use stays. */
  free(host: string, volid: string): void {
    const volume = this.volume(host, volid);
    if (this.isUsedBase(host, volume))
      throw died(`base volume '${volume.name}' is still in use by linked clones`);
    this.get(volume.storage).remove(host, volume.name);
    this.machines.discard(volume.disk);
  }

  isUsedBase(host: string, volume: Volume): boolean {
    return this.get(volume.storage)
      .volumes(host)
      .some((other) => other.base === volume.volid);
  }

  copyOf(content: DiskContent): DiskContent {
    return this.machines.copy(content);
  }
}

function volumeOf(
  storage: string,
  name: string,
  content: ContentType,
  format: string,
): Pick<Volume, "volid" | "storage" | "name" | "content" | "format" | "created"> {
  return {
    volid: `${storage}:${name}`,
    storage,
    name,
    content,
    format,
    created: Math.floor(Date.now() / 1000),
  };
}
