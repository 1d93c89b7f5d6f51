import type { Cluster, ClusterNode } from "../../config/model";
import type { Step } from "../document";

/** What Longhorn asks of a node that runs its pods; nothing for any other storage. */
export function storage(cluster: Cluster, node: ClusterNode): Step {
  return cluster.storage === "longhorn" && takesWorkloads(node) ? longhorn : {};
}

/**
 * iSCSI for every volume, NFS for those that many nodes write to. multipathd would claim a volume's disk, as it would
 * any other second way to one.
 * @see https://longhorn.io/docs/latest/deploy/install
 * @see https://longhorn.io/kb/troubleshooting-volume-with-multipath/
 */
const longhorn: Step = {
  packages: ["open-iscsi", "nfs-common"],
  files: [
    {
      path: "/etc/multipath/conf.d/slipway-longhorn.conf",
      permissions: "0644",
      content: 'blacklist {\n    devnode "^sd[a-z0-9]+"\n}\n',
    },
    { path: "/etc/modules-load.d/slipway-longhorn.conf", permissions: "0644", content: "iscsi_tcp\n" },
  ],
  commands: [
    ["modprobe", "iscsi_tcp"],
    ["systemctl", "enable", "--now", "iscsid"],
    // an image may come without multipathd
    ["sh", "-c", "if systemctl --quiet is-active multipathd; then systemctl restart multipathd; fi"],
  ],
};

/** takesWorkloads: no taint keeps pods away. A pool of workers with a taint is there for those that tolerate it. */
function takesWorkloads({ role, taints }: ClusterNode): boolean {
  return role === "agent" || !taints.some((taint) => /:(NoSchedule|NoExecute)$/.test(taint));
}
