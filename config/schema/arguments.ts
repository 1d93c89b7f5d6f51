import { z } from "zod";

/** flags of one program without their dashes; a list gives one several times. */
const flags = z.record(z.string(), z.union([z.string(), z.array(z.string()).min(1)]));

const nodeArguments = {
  /** kubelet's flags. @default {}. @change new nodes only. @error rke2/argument-of-ours, rke2/not-a-flag */
  kubelet: flags.optional(),
  /** kube-proxy's flags. @default {}. @change new nodes only. @error rke2/argument-of-ours, rke2/no-kube-proxy */
  "kube-proxy": flags.optional(),
};

/** workerArguments: the programs that run on every node. */
export const workerArguments = z.strictObject(nodeArguments);

/** serverArguments: those, and the control plane's. */
export const serverArguments = z.strictObject({
  ...nodeArguments,
  /**
   * kube-apiserver's flags.
   * @default {}
   * @change new nodes only
   * @error rke2/argument-of-ours, rke2/no-node-restriction, rke2/nothing-audited
   */
  "kube-apiserver": flags.optional(),
  /** kube-controller-manager's flags. @default {}. @change new nodes only. @error rke2/argument-of-ours */
  "kube-controller-manager": flags.optional(),
  /** kube-scheduler's flags. @default {}. @change new nodes only. @error rke2/argument-of-ours */
  "kube-scheduler": flags.optional(),
  /** etcd's flags. @default {}. @change new nodes only. @error rke2/argument-of-ours */
  etcd: flags.optional(),
});

export type FlagsInput = z.output<typeof flags>;
