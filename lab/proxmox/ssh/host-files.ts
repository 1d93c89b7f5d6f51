import type { Cluster } from "../cluster";
import { fileFormat } from "../storage/content";
import type { Volume } from "../storage/volume";
import { type FilePlace, filePlace, folderPlace } from "../storage/volume-path";

/** HostFiles is the part of a host's file system that belongs to its storages. */
export class HostFiles {
  constructor(
    private readonly cluster: Cluster,
    readonly host: string,
  ) {}

  /** write makes or replaces a file; false = there is no such folder. */
  write(path: string, bytes: Buffer): boolean {
    const place = filePlace(this.cluster.storages.all(), path);
    if (!place || !this.hasFolder(place)) return false;
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
    const place = folderPlace(this.cluster.storages.all(), path);
    return path === "/" || (place !== undefined && this.hasFolder(place));
  }

  /** hasFolder of a place: Proxmox itself makes none for snippets. */
  private hasFolder({ content, storage }: FilePlace): boolean {
    return content !== "snippets" || !storage.withoutSnippets.has(this.host);
  }
}
