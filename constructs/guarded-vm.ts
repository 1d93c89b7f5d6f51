import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import {
  VirtualEnvironmentVm,
  type VirtualEnvironmentVmConfig,
} from "../.gen/providers/proxmox/virtual-environment-vm";
import { ImportBlock } from "./import-block";
import type { ProxmoxPreflight } from "./proxmox-preflight";
import type { PlannedVm } from "./proxmox-uses";
import { addressOf } from "./terraform-text";

/**
 * guardedVm is a VM that takes no other's place: not a stranger's with its id, at plan or just before it is made, and
 * not one of ours that the state does not know. In plans: the address of its scope.
 */
export function guardedVm(
  scope: Construct,
  preflight: ProxmoxPreflight,
  config: VirtualEnvironmentVmConfig & PlannedVm,
): VirtualEnvironmentVm {
  const vm = new VirtualEnvironmentVm(scope, "Default", {
    ...config,
    lifecycle: {
      ...config.lifecycle,
      precondition: [
        preflight.vmIdIsOurs(config),
        preflight.vmIdIsStillFree(scope, config, config.dependsOn ?? []),
      ],
    },
  });
  refuseOutsideState(scope, { preflight, vm, config });
  return vm;
}

interface OutsideVm {
  readonly preflight: ProxmoxPreflight;
  readonly vm: VirtualEnvironmentVm;
  readonly config: VirtualEnvironmentVmConfig & PlannedVm;
}

/**
 * refuseOutsideState: no plan while one of our VMs stands in Proxmox and not in the state, as after a deploy that was
 * killed while it made one: the provider would take it for its own retry. The import has the message where a VM id
 * belongs, and the provider fails the plan with it.
 */
function refuseOutsideState(scope: Construct, outside: OutsideVm): void {
  const { vm, config, preflight } = outside;
  new ImportBlock(scope, "outside-state", {
    to: vm,
    ids: `[for vm in ${preflight.vms.fqn}.vms : "${messageOf(outside)}" if vm.vm_id == ${config.vmId} && (${preflight.isOurs(config.name)})]`,
  });
}

/** messageOf, as a template about `vm`; what stands before its first slash is a host's name to the provider. */
function messageOf({ preflight, vm, config }: OutsideVm): string {
  const { vmId } = config;
  const stack = TerraformStack.of(vm).node.id;
  const keep = ` To keep it: cd cdktf.out/stacks/${stack} && terraform import '${addressOf(vm)}' \${vm.node_name}/${vmId} .`;
  // A template that was cut off has a disk that is not one of a template yet: an import would not mend it.
  const isTemplate = config.template === true;
  // Terraform would replace a clone that nobody configured, and may not replace a protected machine.
  const kept =
    config.lifecycle?.preventDestroy === true ? `\${${preflight.isTagged} ? "${keep}" : ""}` : keep;
  return [
    `\${vm.node_name}/VM ${vmId} (\${vm.name}) on \${vm.node_name} is there and not in the state of ${stack}:`,
    ` a deploy ended while it made this machine. Nothing was changed.${isTemplate ? "" : kept}`,
    ` To remove it, on \${vm.node_name}: qm stop ${vmId} && qm destroy ${vmId} --purge .`,
    ` Then deploy again. See docs/how-to/after-a-failed-deploy.md`,
  ].join("");
}
