import type { DiskContent } from "../machine";
import type { Cluster } from "./cluster";
import { type Fault, Faults, type RequestMatch } from "./faults";
import { GIB } from "./properties/size";
import type { SshHost } from "./ssh/ssh-host";
import { removeVm } from "./vm/destroy";
import { start, stop } from "./vm/power";
import { isTemplate, type Vm } from "./vm/vm";

export interface ForeignVm {
  readonly id: number;
  readonly host: string;
  readonly name?: string;
  /** storage of a disk, if it is to have one. */
  readonly storage?: string;
  readonly config?: Readonly<Record<string, string>>;
}

/** OperatorsHand is what people and accidents do to a cluster behind Terraform's back. */
export class OperatorsHand {
  /** foreign, the machines that were added here and belong to the site. */
  readonly foreign = new Set<number>();
  private connectionsToCut = 0;

  constructor(
    private readonly cluster: Cluster,
    private readonly faults: Faults,
    private readonly sshHosts: readonly SshHost[],
  ) {}

  /** addVm puts a stopped machine there that nobody asked Terraform for. */
  addVm(foreign: ForeignVm): void {
    const config = new Map(Object.entries({ name: foreign.name ?? `vm-${foreign.id}`, ...foreign.config }));
    this.cluster.vms.set(foreign.id, { id: foreign.id, host: foreign.host, config });
    this.foreign.add(foreign.id);
    if (foreign.storage === undefined) return;
    const disk: DiskContent = { kind: "empty" };
    const request = { storage: foreign.storage, vmId: foreign.id, bytes: 8 * GIB, stored: 0, disk };
    config.set("scsi0", `${this.cluster.storages.createDisk(foreign.host, request).volid},size=8G`);
  }

  /** deleteVm cuts the power and removes the machine with all its volumes. */
  async deleteVm(id: number): Promise<void> {
    const vm = this.vm(id);
    await stop(vm);
    removeVm(this.cluster, vm, true);
  }

  /** moveVm puts the machine on another host, its local disks with it. */
  moveVm(id: number, host: string): void {
    const vm = this.vm(id);
    for (const storage of this.cluster.storages.all()) {
      if (storage.definition.shared) continue;
      for (const volume of storage.volumes(vm.host).filter(({ owner }) => owner === id)) {
        storage.remove(vm.host, volume.name);
        storage.add(host, volume);
      }
    }
    vm.host = host;
  }

  async powerOn(id: number): Promise<void> {
    await start(this.cluster, this.vm(id));
  }

  async powerOff(id: number): Promise<void> {
    await stop(this.vm(id));
  }

  setLock(id: number, lock: string | undefined): void {
    if (lock === undefined) this.vm(id).config.delete("lock");
    else this.vm(id).config.set("lock", lock);
  }

  setOption(id: number, name: string, value: string | undefined): void {
    if (value === undefined) this.vm(id).config.delete(name);
    else this.vm(id).config.set(name, value);
  }

  /** writeSnippet on a host, as root would. */
  writeSnippet(host: string, storage: string, name: string, text: string): void {
    const bytes = Buffer.from(text);
    this.cluster.storages.createFile(host, `${storage}:snippets/${name}`, "snippets", {
      format: "snippet",
      bytes: bytes.length,
      stored: bytes.length,
      disk: { kind: "empty" },
      text: bytes,
    });
  }

  deleteVolume(host: string, volid: string): void {
    this.cluster.storages.free(host, volid);
  }

  /** fail makes the next matching requests go wrong; the answer tells how many are still to come. */
  fail(match: RequestMatch, fault: Fault): () => number {
    return this.faults.add(match, fault);
  }

  /** nothingMore goes wrong of what was still to come. */
  nothingMore(): void {
    this.faults.clear();
    this.connectionsToCut = 0;
    for (const host of this.sshHosts) host.cutNextUpload(undefined);
  }

  /** cutConnections to the API before TLS is spoken, the next ones. */
  cutConnections(times: number): void {
    this.connectionsToCut = times;
  }

  takesConnection(): boolean {
    if (this.connectionsToCut === 0) return false;
    this.connectionsToCut -= 1;
    return true;
  }

  /** deleteToken, until it is restored. */
  deleteToken(token: string): void {
    this.cluster.lostTokens.add(token);
  }

  restoreToken(token: string): void {
    this.cluster.lostTokens.delete(token);
  }

  loseQuorum(): void {
    this.cluster.quorate = false;
  }

  regainQuorum(): void {
    this.cluster.quorate = true;
  }

  /** addPool that nobody asked Terraform for. */
  addPool(id: string, comment: string): void {
    this.cluster.pools.set(id, { id, comment, vms: new Set(), storages: new Set() });
  }

  commentPool(id: string, comment: string): void {
    this.cluster.pool(id).comment = comment;
  }

  /** deletePool; its machines stay. */
  deletePool(id: string): void {
    this.cluster.pools.delete(id);
  }

  revoke(token: string, privilege: string, path?: string): void {
    this.cluster.access.revoke(token, privilege, path);
  }

  grant(token: string, path: string, privileges: readonly string[]): void {
    this.cluster.access.grant(token, path, privileges);
  }

  /** install another version of Proxmox VE on a host. */
  install(host: string, version: string): void {
    this.cluster.versions.set(host, version);
  }

  /** fillStorage leaves no space on a storage, on one host or on all. */
  fillStorage(id: string, host?: string): void {
    for (const { name } of this.cluster.site.hosts) {
      if (host === undefined || host === name) this.cluster.storages.get(id).full.add(name);
    }
  }

  freeStorage(id: string): void {
    this.cluster.storages.get(id).full.clear();
  }

  /** closeSsh on a host: nothing listens at port 22 until it is opened. */
  closeSsh(host: string): void {
    this.cluster.sshClosed.add(host);
  }

  openSsh(host: string): void {
    this.cluster.sshClosed.delete(host);
  }

  /** removeSnippetFolder of a storage on a host: what writes there is told that there is no such directory. */
  removeSnippetFolder(storage: string, host: string): void {
    this.cluster.storages.get(storage).withoutSnippets.add(host);
  }

  makeSnippetFolder(storage: string, host: string): void {
    this.cluster.storages.get(storage).withoutSnippets.delete(host);
  }

  /** cutNextUpload breaks the SSH connection of the next upload to a host that has so many bytes, after them. */
  cutNextUpload(host: string, afterBytes: number): void {
    this.sshHosts.find((candidate) => candidate.host === host)?.cutNextUpload(afterBytes);
  }

  /** hostDown takes a host off the network with everything that runs on it. */
  async hostDown(host: string): Promise<void> {
    this.cluster.down.add(host);
    for (const ssh of this.sshHosts) if (ssh.host === host) ssh.disconnectAll();
    for (const vm of this.cluster.vms.values()) if (vm.host === host) await stop(vm);
  }

  /** hostUp again, with the machines that start with their host. */
  async hostUp(host: string): Promise<void> {
    this.cluster.down.delete(host);
    for (const vm of this.cluster.vms.values()) {
      const starts = vm.config.get("onboot") === "1" && !vm.config.has("lock") && !vm.power;
      if (vm.host === host && starts && !isTemplate(vm)) await start(this.cluster, vm);
    }
  }

  private vm(id: number): Vm {
    const vm = this.cluster.vms.get(id);
    if (!vm) throw new Error(`the lab has no VM ${id}`);
    return vm;
  }
}
