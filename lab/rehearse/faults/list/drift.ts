import type { Fault } from "../fault";

const templateToo: Pick<Fault, "touches"> = { touches: (field) => [field.worker.vmId, field.template] };

/** drift: what people do in Proxmox behind Terraform's back. */
export const drift: readonly Fault[] = [
  {
    name: "a machine was moved to another host",
    phase: "change",
    inject: (field) => {
      field.hand.moveVm(field.worker.vmId, field.hostOf(field.server.vmId));
      return undefined;
    },
  },
  {
    name: "a machine was deleted",
    phase: "change",
    inject: async (field) => {
      await field.hand.deleteVm(field.worker.vmId);
      return undefined;
    },
  },
  option("a machine's tags were removed", "tags", undefined),
  option("a machine was given less memory", "memory", "2048"),
  {
    name: "a machine was stopped",
    phase: "change",
    inject: async (field) => {
      await field.hand.powerOff(field.worker.vmId);
      return undefined;
    },
  },
  {
    name: "a machine is locked by a backup",
    phase: "change",
    inject: (field) => {
      const { vmId } = field.worker;
      field.hand.setLock(vmId, "backup");
      return () => field.hand.setLock(vmId, undefined);
    },
    says: /VM is locked \(backup\)/,
  },
  {
    name: "a machine's disk was detached",
    phase: "change",
    inject: (field) => {
      const { vmId } = field.worker;
      const disk = field.state.vm(vmId)?.config["scsi0"] ?? "";
      field.hand.setOption(vmId, "unused0", disk.split(",")[0]);
      field.hand.setOption(vmId, "scsi0", undefined);
      return () => {
        field.hand.setOption(vmId, "scsi0", disk);
        field.hand.setOption(vmId, "unused0", undefined);
      };
    },
    says: /Defined disk interface not supported/,
  },
  {
    name: "a snippet was deleted",
    phase: "change",
    inject: (field) => {
      const snippet = field.state
        .volumes()
        .find(({ content, host }) => content === "snippets" && host === field.workersHost);
      if (snippet !== undefined) field.hand.deleteVolume(field.workersHost, snippet.volid);
      return undefined;
    },
  },
  {
    name: "the template was deleted",
    phase: "deploy",
    inject: async (field) => {
      await field.hand.deleteVm(field.template);
      return undefined;
    },
    ...templateToo,
  },
  {
    name: "an image was deleted",
    phase: "change",
    inject: (field) => {
      const image = field.state
        .volumes()
        .find(({ content, host }) => content === "import" && host === field.workersHost);
      if (image !== undefined) field.hand.deleteVolume(field.workersHost, image.volid);
      return undefined;
    },
    ...templateToo,
  },
  {
    name: "the pool was deleted",
    phase: "change",
    inject: (field) => {
      for (const { id } of field.state.pools()) field.hand.deletePool(id);
      return undefined;
    },
    touches: (field) => field.state.vms().map(({ id }) => id),
  },
  {
    name: "the pool's comment was changed",
    phase: "change",
    inject: (field) => {
      for (const { id } of field.state.pools()) field.hand.commentPool(id, "do not touch");
      return undefined;
    },
  },
  {
    name: "a stranger's machine took the id before the plan",
    phase: "deploy",
    inject: (field) => {
      const { vmId } = field.worker;
      field.hand.addVm({ id: vmId, host: field.workersHost, name: "mail", storage: "local-lvm" });
      return () => field.hand.deleteVm(vmId);
    },
    says: /proxmox\.vmIds: VM \d+ is already another VM, mail on pve2\. Fix: /,
  },
  {
    name: "a stranger's machine took the id after the plan",
    phase: "deploy",
    inject: (field) => {
      const { vmId } = field.worker;
      field.whenPlanned(() =>
        field.hand.addVm({ id: vmId, host: field.workersHost, name: "mail", storage: "local-lvm" }),
      );
      return () => field.hand.deleteVm(vmId);
    },
    says: /proxmox\.vmIds: VM \d+ is already another VM, mail on pve2\. Fix: /,
  },
  {
    name: "a machine to be retired is already gone",
    phase: "destroy",
    inject: async (field) => {
      await field.hand.deleteVm(field.worker.vmId);
      return undefined;
    },
  },
];

function option(name: string, option: string, value: string | undefined): Fault {
  return {
    name,
    phase: "change",
    inject: (field) => {
      field.hand.setOption(field.worker.vmId, option, value);
      return undefined;
    },
  };
}
