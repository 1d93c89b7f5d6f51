import type { LabHost, LabStorage } from "../../site";
import { died } from "../api/api-error";
import type { ContentType, Volume } from "./volume";
import { diskIndexOf, isFileBased } from "./volume-names";

/** Storage is one storage definition; a shared one has one set of volumes, a local one a set per host. */
export class Storage {
  /** full: nothing more can be written. */
  full = new Set<string>();
  /** withoutSnippets, hosts where the folder for snippets was never made, or somebody removed it. */
  readonly withoutSnippets = new Set<string>();
  private readonly sets = new Map<string, Map<string, Volume>>();

  constructor(
    readonly definition: LabStorage,
    hosts: readonly LabHost[],
  ) {
    const shared = new Map<string, Volume>();
    for (const host of hosts)
      this.sets.set(host.name, definition.shared ? shared : new Map<string, Volume>());
  }

  get id(): string {
    return this.definition.id;
  }

  /** path of the folder that holds its files; undefined for block storages. */
  get path(): string | undefined {
    if (!isFileBased(this.definition.type)) return undefined;
    return this.id === "local" ? "/var/lib/vz" : `/mnt/pve/${this.id}`;
  }

  holds(content: ContentType): boolean {
    return this.definition.content.includes(content);
  }

  volumes(host: string): Volume[] {
    return [...this.set(host).values()];
  }

  find(host: string, name: string): Volume | undefined {
    return this.set(host).get(name);
  }

  used(host: string): number {
    return this.full.has(host)
      ? this.definition.bytes
      : this.volumes(host).reduce((sum, volume) => sum + volume.stored, 0);
  }

  add(host: string, volume: Volume): Volume {
    if (this.set(host).has(volume.name))
      throw died(`unable to create image: disk image '${volume.name}' already exists`);
    this.assertSpace(host, volume.stored);
    this.set(host).set(volume.name, volume);
    return volume;
  }

  remove(host: string, name: string): Volume | undefined {
    const volume = this.find(host, name);
    this.set(host).delete(name);
    return volume;
  }

  assertSpace(host: string, bytes: number): void {
    if (!this.full.has(host) && this.used(host) + bytes <= this.definition.bytes) return;
    throw died(
      this.definition.type === "lvmthin"
        ? `lvcreate 'pve/${this.id}' error:   Cannot create new thin volume, free space in thin pool pve/${this.id} reached threshold.`
        : `storage '${this.id}': No space left on device`,
    );
  }

  /** nextDiskIndex, the lowest number free among the disks of a VM. */
  nextDiskIndex(host: string, vmId: number): number {
    const taken = new Set(this.volumes(host).map((volume) => diskIndexOf(volume.name, vmId)));
    let index = 0;
    while (taken.has(index)) index += 1;
    return index;
  }

  private set(host: string): Map<string, Volume> {
    const set = this.sets.get(host);
    if (!set) throw died(`storage '${this.id}' is not available on node '${host}'`);
    return set;
  }
}
