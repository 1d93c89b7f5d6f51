import type { Fault } from "../fault";
import { answering, call, dying, failing, withoutTemplate } from "./requests";

const templateToo: Pick<Fault, "touches"> = { touches: (field) => [field.worker.vmId, field.template] };

/** making a machine: clone, configuration, disk, start, and what it is cloned from. */
export const making: readonly Fault[] = [
  {
    name: "the clone is refused once: can't lock file … got timeout",
    phase: "deploy",
    inject: answering(
      call.clone,
      500,
      "can't lock file '/var/lock/qemu-server/lock-9012.conf' - got timeout",
    ),
  },
  {
    name: "the template is locked by a backup",
    phase: "deploy",
    inject: (field) => {
      const { template } = field;
      field.hand.setLock(template, "backup");
      return () => field.hand.setLock(template, undefined);
    },
    shortened: { retries: 1 },
    says: /VM is locked \(backup\)/,
    ...templateToo,
  },
  {
    name: "the clone's worker dies",
    phase: "deploy",
    inject: dying(call.clone, "clone failed: unable to read image: Input/output error"),
    says: /clone failed: unable to read image: Input\/output error/,
  },
  {
    name: "the clone never ends",
    phase: "deploy",
    inject: failing(call.clone, { kind: "task", task: { milliseconds: 6000 } }),
    shortened: { timeout_clone: 3 },
    says: /timeout while waiting for task/,
    leaves: { machine: ({ worker }) => worker.vmId, then: "remove" },
  },
  {
    name: "the clone's configuration is refused",
    phase: "deploy",
    inject: answering(
      call.configure,
      500,
      "unable to open file '/etc/pve/nodes/pve2/qemu-server/1031.conf.tmp' - Input/output error",
    ),
    says: /Input\/output error/,
  },
  {
    name: "the clone is gone when it is to be configured",
    phase: "deploy",
    inject: (field) => {
      const { vmId } = field.worker;
      field.hand.fail(call.configure(field), {
        kind: "meanwhile",
        when: "before",
        act: () => field.hand.deleteVm(vmId),
      });
      return undefined;
    },
    says: /qemu-server\/\d+\.conf' does not exist/,
  },
  {
    name: "the disk's resize dies",
    phase: "deploy",
    inject: dying(call.resize, "lvextend failed: insufficient free space"),
    says: /insufficient free space/,
  },
  {
    name: "the start dies",
    phase: "deploy",
    inject: dying(call.start, "start failed: QEMU exited with code 1"),
    says: /start failed: QEMU exited with code 1/,
  },
  {
    name: "the image has another checksum",
    phase: "deploy",
    inject: async (field) => {
      await withoutTemplate(field);
      return dying(call.download, "checksum mismatch: got 'e3b0c442' != expect 'd2d2d2d2'")(field);
    },
    says: /checksum mismatch: got 'e3b0c442' != expect 'd2d2d2d2'/,
    ...templateToo,
  },
  {
    name: "the template's creation dies",
    phase: "deploy",
    inject: async (field) => {
      await withoutTemplate(field);
      return dying(
        call.createTemplate,
        "unable to create VM 9012 - import failed: qemu-img: Input/output error",
      )(field);
    },
    says: /import failed: qemu-img: Input\/output error/,
    ...templateToo,
  },
];
