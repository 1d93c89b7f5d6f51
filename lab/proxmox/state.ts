import type { Cluster } from "./cluster";
import type { Task } from "./tasks/tasks";
import type { Volume } from "./storage/volume";
import { isTemplate, nameOf, type Vm } from "./vm/vm";

export interface VmState {
  readonly id: number;
  readonly name: string;
  readonly host: string;
  readonly running: boolean;
  readonly template: boolean;
  readonly lock?: string;
  readonly pool?: string;
  /** config as it stands in the VM's file. */
  readonly config: Readonly<Record<string, string>>;
}

export interface VolumeState extends Volume {
  /** host; undefined for a shared storage. */
  readonly host?: string;
}

/** LabState is what an operator would see looking at the hosts. */
export class LabState {
  constructor(private readonly cluster: Cluster) {}

  vms(): VmState[] {
    return [...this.cluster.vms.values()].sort((a, b) => a.id - b.id).map((vm) => this.describe(vm));
  }

  vm(id: number): VmState | undefined {
    const vm = this.cluster.vms.get(id);
    return vm && this.describe(vm);
  }

  volumes(): VolumeState[] {
    return this.cluster.storages.all().flatMap((storage) => {
      const [first] = this.cluster.site.hosts;
      if (storage.definition.shared) return first ? storage.volumes(first.name) : [];
      return this.cluster.site.hosts.flatMap(({ name }) =>
        storage.volumes(name).map((volume) => ({ ...volume, host: name })),
      );
    });
  }

  /** snippet tells the bytes of a snippet on a host. */
  snippet(host: string, volid: string): string | undefined {
    return this.cluster.storages.find(host, volid)?.text?.toString("utf8");
  }

  pools(): { readonly id: string; readonly comment: string; readonly vms: readonly number[] }[] {
    return [...this.cluster.pools.values()].map(({ id, comment, vms }) => ({ id, comment, vms: [...vms] }));
  }

  /** locks by VM id. */
  locks(): ReadonlyMap<number, string> {
    return new Map(this.vms().flatMap(({ id, lock }) => (lock === undefined ? [] : [[id, lock]])));
  }

  tasks(): readonly Task[] {
    return this.cluster.tasks.all();
  }

  private describe(vm: Vm): VmState {
    const lock = vm.config.get("lock");
    const pool = this.cluster.poolOf(vm.id)?.id;
    return {
      id: vm.id,
      name: nameOf(vm),
      host: vm.host,
      running: vm.power !== undefined,
      template: isTemplate(vm),
      config: Object.fromEntries(vm.config),
      ...(lock === undefined ? {} : { lock }),
      ...(pool === undefined ? {} : { pool }),
    };
  }
}
