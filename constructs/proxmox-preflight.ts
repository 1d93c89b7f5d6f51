import type { ITerraformDependable, Precondition } from "cdktf";
import { Construct } from "constructs";
import { DataProxmoxDatastores } from "../.gen/providers/proxmox/data-proxmox-datastores";
import { DataProxmoxVirtualEnvironmentNodes } from "../.gen/providers/proxmox/data-proxmox-virtual-environment-nodes";
import { DataProxmoxVirtualEnvironmentVms } from "../.gen/providers/proxmox/data-proxmox-virtual-environment-vms";
import type { Cluster, Datastore } from "../config/model";
import { Gate, type GateScript } from "./gate";
import { constructId } from "./ids";
import { privilegesWanted } from "./proxmox-privileges";
import { clusterTag, datastoreUsesOf, hostNamesOf, type PlannedVm } from "./proxmox-uses";

export interface ProxmoxPreflightProps {
  readonly cluster: Cluster;
  readonly proxmoxScript: GateScript;
}

/**
 * What only Proxmox knows, held against cluster.ts: hosts, storages and VM ids while planning, by data
 * sources that fail the plan; the credential's privileges before the first change, by a gate.
 */
export class ProxmoxPreflight extends Construct {
  /** passed: everything that changes Proxmox depends on it. */
  readonly passed: ITerraformDependable;
  private readonly clusterName: string;
  readonly vms: DataProxmoxVirtualEnvironmentVms;

  constructor(scope: Construct, id: string, { cluster, proxmoxScript }: ProxmoxPreflightProps) {
    super(scope, id);
    checkHosts(this, cluster);
    for (const host of hostNamesOf(cluster)) checkDatastores(this, cluster, host);
    this.clusterName = cluster.name;
    this.vms = new DataProxmoxVirtualEnvironmentVms(this, "vms");
    const wanted = privilegesWanted(cluster);
    this.passed = new Gate(this, constructId("privileges"), {
      script: proxmoxScript,
      arguments: ["privileges"],
      environment: { ENDPOINT: cluster.proxmox.endpoint, WANTED: wanted },
      triggers: { endpoint: cluster.proxmox.endpoint, wanted },
    }).passed;
  }

  /**
   * vmIdIsOurs refuses to plan a VM whose id a VM with neither this cluster's tag nor the planned name has. Nothing
   * else would: the provider takes "already exists" on create for its own retry, adopts the stranger and later
   * destroys it.
   */
  vmIdIsOurs({ vmId, name }: PlannedVm): Precondition {
    return noStranger(
      vmId,
      `[for vm in ${this.vms.fqn}.vms : ${described} if vm.vm_id == ${vmId} && !(${this.isOurs(name)})]`,
    );
  }

  /**
   * vmIdIsStillFree refuses to make a VM whose id was taken between plan and deploy. Its data source is there only
   * while the VM is not, and reads after `after`: Terraform knows no time before it applies.
   */
  vmIdIsStillFree(
    scope: Construct,
    { vmId }: PlannedVm,
    after: readonly ITerraformDependable[],
  ): Precondition {
    const now = new DataProxmoxVirtualEnvironmentVms(scope, "vms-now", {
      filter: [{ name: "name", regex: true, values: ['${replace(timestamp(), "/.*/", ".*")}'] }],
      dependsOn: [...after],
    });
    now.addOverride("count", `\${contains(${this.vms.fqn}.vms[*].vm_id, ${vmId}) ? 0 : 1}`);
    return noStranger(vmId, `[for vm in flatten(${now.fqn}[*].vms) : ${described} if vm.vm_id == ${vmId}]`);
  }

  /** isTagged as this cluster's, as an expression about `vm`. */
  get isTagged(): string {
    return `contains(vm.tags, "${clusterTag(this.clusterName)}")`;
  }

  /** isOurs, as an expression about `vm`: a clone has its name from the first moment, and its tags only when it is configured. */
  isOurs(name: string): string {
    return `${this.isTagged} || vm.name == "${name}"`;
  }
}

const described = '"${vm.name} on ${vm.node_name}"';

/** noStranger in a list, as an expression makes it. */
function noStranger(vmId: number, strangers: string): Precondition {
  const nameless = `anytrue([for vm in ${strangers} : startswith(vm, "VM ${vmId} on ")])`;
  return {
    condition: `\${length(${strangers}) == 0}`,
    errorMessage: `proxmox.vmIds: VM ${vmId} is already another VM, \${join(", ", ${strangers})}. Fix: choose another range with proxmox.vmIds in cluster.ts, or remove that VM.\${${nameless} ? " One without a name may be a clone that Proxmox still makes: then wait until its task has ended, and plan again." : ""}`,
  };
}

function checkHosts(scope: Construct, cluster: Cluster): void {
  const wanted = JSON.stringify(hostNamesOf(cluster));
  const missing = `setsubtract(${wanted}, self.names)`;
  const offline = `[for name in ${wanted} : name if contains(self.names, name) && !try(self.online[index(self.names, name)], false)]`;
  new DataProxmoxVirtualEnvironmentNodes(scope, "hosts", {
    lifecycle: {
      postcondition: [
        {
          condition: `\${length(${missing}) == 0}`,
          errorMessage: `proxmox.hosts: Proxmox at ${cluster.proxmox.endpoint} has no host \${join(", ", ${missing})}; it has \${join(", ", self.names)}. Fix: use Proxmox's own host names in proxmox.hosts of cluster.ts.`,
        },
        {
          condition: `\${length(${offline}) == 0}`,
          errorMessage: `proxmox.hosts: \${join(", ", ${offline})} is not online. Fix: bring the host back, or move its nodes to another host in cluster.ts.`,
        },
      ],
    },
  });
}

function checkDatastores(scope: Construct, cluster: Cluster, host: string): void {
  new DataProxmoxDatastores(scope, constructId(`datastores-${host}`), {
    nodeName: host,
    lifecycle: {
      postcondition: datastoreUsesOf(cluster).flatMap(({ field, datastore, content }) => [
        present(field, datastore, host),
        takes(field, datastore, host, content),
        sharedAsWritten(field, datastore, host),
      ]),
    },
  });
}

interface Check {
  readonly condition: string;
  readonly errorMessage: string;
}

function present(field: string, datastore: Datastore, host: string): Check {
  return {
    condition: `\${contains(self.datastores[*].id, "${datastore.id}")}`,
    errorMessage: `proxmox.${field}: ${host} has no storage "${datastore.id}"; it has \${join(", ", self.datastores[*].id)}. Fix: name one of these in cluster.ts, or in Proxmox add ${host} to the storage's nodes.`,
  };
}

function takes(field: string, datastore: Datastore, host: string, content: string): Check {
  return {
    condition: `\${alltrue([for store in self.datastores : contains(store.content_types, "${content}") if store.id == "${datastore.id}"])}`,
    errorMessage: `proxmox.${field}: storage "${datastore.id}" on ${host} does not take ${content}. Fix: Datacenter > Storage > ${datastore.id} > Content, add ${content} (pvesm set ${datastore.id} --content <its list>,${content}), or name another storage in cluster.ts.`,
  };
}

function sharedAsWritten(field: string, datastore: Datastore, host: string): Check {
  const [is, fix] = datastore.shared
    ? ["not shared", `remove it from proxmox.sharedStorage and list it under the hosts' storage`]
    : ["shared", `list it in proxmox.sharedStorage instead of under the hosts' storage`];
  return {
    condition: `\${alltrue([for store in self.datastores : store.shared == ${datastore.shared} if store.id == "${datastore.id}"])}`,
    errorMessage: `proxmox.${field}: storage "${datastore.id}" on ${host} is ${is} in Proxmox, cluster.ts says otherwise. Fix: ${fix}.`,
  };
}
