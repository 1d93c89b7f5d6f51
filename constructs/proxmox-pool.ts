import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { DataProxmoxVirtualEnvironmentPool } from "../.gen/providers/proxmox/data-proxmox-virtual-environment-pool";
import { DataProxmoxVirtualEnvironmentPools } from "../.gen/providers/proxmox/data-proxmox-virtual-environment-pools";
import { VirtualEnvironmentPool } from "../.gen/providers/proxmox/virtual-environment-pool";
import type { Cluster } from "../config/model";
import type { ConstructId } from "./ids";
import { ImportBlock } from "./import-block";
import type { ProxmoxPreflight } from "./proxmox-preflight";

export interface ProxmoxPoolProps {
  readonly cluster: Cluster;
  readonly preflight: ProxmoxPreflight;
}

/**
 * The pool that a cluster's machines are in. In plans: `proxmox_virtual_environment_pool.pool`. One with our comment that
 * the state does not know, as a deploy leaves that was killed while it made the pool, is taken over; a stranger's is
 * refused while planning.
 */
export class ProxmoxPool extends Construct {
  readonly made: ITerraformDependable;

  constructor(scope: Construct, id: ConstructId, { cluster, preflight }: ProxmoxPoolProps) {
    super(scope, id);
    const poolId = cluster.proxmox.pool;
    const comment = `Slipway cluster ${cluster.name}`;
    const found = this.find(poolId);
    // Ours too is one whose comment somebody changed: our machines are in it.
    const strangers = `[for pool in ${found} : pool.comment if pool.comment != "${comment}" && !anytrue([for vm in ${preflight.vms.fqn}.vms : contains(pool.members[*].vm_id, vm.vm_id) && ${preflight.isTagged}])]`;
    const pool = new VirtualEnvironmentPool(this, "Default", {
      poolId,
      comment,
      dependsOn: [preflight.passed],
      lifecycle: {
        precondition: [
          {
            condition: `\${length(${strangers}) == 0}`,
            errorMessage: `proxmox.pool: "${poolId}" is already another pool, with the comment "\${join("", ${strangers})}". Fix: choose another name with proxmox.pool in cluster.ts. If it is this cluster's: pveum pool modify ${poolId} --comment "${comment}".`,
          },
        ],
      },
    });
    new ImportBlock(this, "outside-state", {
      to: pool,
      ids: `[for pool in ${found} : pool.pool_id if pool.comment == "${comment}"]`,
    });
    this.made = pool;
  }

  /** find the pool, as a list of none or one: its data source fails where there is none. */
  private find(poolId: string): string {
    const pools = new DataProxmoxVirtualEnvironmentPools(this, "pools");
    const found = new DataProxmoxVirtualEnvironmentPool(this, "found", { poolId });
    found.addOverride("count", `\${contains(${pools.fqn}.pool_ids, "${poolId}") ? 1 : 0}`);
    return found.fqn;
  }
}
