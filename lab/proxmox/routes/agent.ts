import type { AgentInterface } from "../../machine";
import { died } from "../api/api-error";
import type { Call } from "../api/call";
import type { Route } from "../api/router";
import { agentEnabled } from "../vm/power";

const AGENT = "/nodes/{node}/qemu/{vmid}/agent";

export const agentRoutes: readonly Route[] = [
  { method: "POST", path: `${AGENT}/ping`, run: (call) => ({ result: (answerOf(call), {}) }) },
  {
    method: "GET",
    path: `${AGENT}/network-get-interfaces`,
    run: (call) => ({ result: answerOf(call).map(interfaceRow) }),
  },
];

function answerOf(call: Call): readonly AgentInterface[] {
  call.check(`/vms/${call.vmId}`, "VM.GuestAgent.Audit", "VM.GuestAgent.Unrestricted");
  const vm = call.cluster.vm(call.node, call.vmId);
  if (!vm.power) throw died(`VM ${vm.id} is not running`);
  if (!agentEnabled(vm)) throw died("No QEMU guest agent configured");
  const answer = vm.power.machine.agent();
  if (!answer) throw died("QEMU guest agent is not running");
  return answer;
}

const interfaceRow = (nic: AgentInterface): unknown => ({
  name: nic.name,
  "hardware-address": nic.mac.toLowerCase(),
  "ip-addresses": nic.addresses.map(({ address, prefix }) => ({
    "ip-address": address,
    "ip-address-type": address.includes(":") ? "ipv6" : "ipv4",
    prefix,
  })),
  statistics: Object.fromEntries(STATISTICS.map((name) => [name, 0])),
});

const STATISTICS = ["rx", "tx"].flatMap((way) =>
  ["bytes", "dropped", "errs", "packets"].map((what) => `${way}-${what}`),
);
