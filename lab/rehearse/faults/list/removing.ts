import type { Fault } from "../fault";
import { call, dying, killed } from "./requests";

/** removing a machine. */
export const removing: readonly Fault[] = [
  {
    name: "the removal's worker dies",
    phase: "destroy",
    inject: dying(call.destroy, "lvremove 'pve/vm-1031-disk-0' error: Logical volume in use"),
    says: /Logical volume in use/,
  },
  {
    name: "the stop before the removal dies",
    phase: "destroy",
    inject: dying(call.stop, "VM 1031 qmp command 'quit' failed - got timeout"),
    says: /qmp command 'quit' failed/,
  },
  {
    name: "the machine to be removed is locked by a backup",
    phase: "destroy",
    inject: (field) => {
      const { vmId } = field.worker;
      field.hand.setLock(vmId, "backup");
      return () => {
        if (field.state.vm(vmId) !== undefined) field.hand.setLock(vmId, undefined);
      };
    },
    says: /VM is locked \(backup\)/,
  },
  {
    name: "Terraform is killed during the removal",
    phase: "destroy",
    inject: killed(call.destroy, "done", 1500),
    says: /ended by SIGKILL/,
  },
];
