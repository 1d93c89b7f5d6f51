import type { Cluster } from "../cluster";
import { fileFormat } from "../storage/content";
import type { Volume } from "../storage/volume";
import { filePlace, isFolder } from "../storage/volume-path";

/** HostFiles is the part of a host's file system that belongs to its storages. */
export class HostFiles {
  constructor(
    private readonly cluster: Cluster,
    readonly host: string,
  ) {}

  /** write makes or replaces a file; false = there is no such folder. */
  write(path: string, bytes: Buffer): boolean {
    const place = filePlace(this.cluster.storages.all(), path);
    if (!place || (place.content === "snippets" && place.storage.withoutSnippets.has(this.host)))
      return false;
    this.cluster.storages.createFile(this.host, place.volid, place.content, {
      format: fileFormat(place.content, place.volid),
      bytes: bytes.length,
      stored: bytes.length,
      disk: { kind: "empty" },
      text: bytes,
    });
    return true;
  }

  find(path: string): Volume | undefined {
    const place = filePlace(this.cluster.storages.all(), path);
    return place && this.cluster.storages.find(this.host, place.volid);
  }

  isFolder(path: string): boolean {
    return isFolder(this.cluster.storages.all(), path) || path === "/";
  }
}
