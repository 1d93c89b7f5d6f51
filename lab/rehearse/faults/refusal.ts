import { engineError } from "../../engine/engine-error";
import type { Fault } from "./fault";
import type { Field } from "./field";
import { unwrapped } from "./unwrapped";

/** refusalOf the next plan, and what becomes of the machine when its printed command is run as it stands. */
export async function refusalOf(
  leaves: NonNullable<Fault["leaves"]>,
  field: Field,
): Promise<{ readonly message: string; readonly complaint?: string }> {
  const vmId = leaves.machine(field);
  const vm = field.state.vm(vmId);
  if (vm === undefined) return { message: "", complaint: `VM ${vmId} was to be left, and is not there` };
  const plan = await field.plan();
  const text = unwrapped(plan.output);
  const named = `VM ${vmId} (${vm.name}) on ${vm.host} is there and not in the state`;
  const message = text.slice(Math.max(0, text.lastIndexOf(named))).replace(/": invalid syntax.*/s, "");
  const imported = /To keep it: (cd \S+ && \S+ import \S+ \S+)/.exec(message)?.[1];
  const removed = /To remove it, on (\S+): qm stop (\d+) && qm destroy (\d+) --purge/.exec(message);
  if (plan.code !== 1 || !text.includes(named) || removed === null) {
    return { message, complaint: `the next plan does not refuse VM ${vmId} in full:\n${plan.output}` };
  }
  if (leaves.then === "remove") {
    const [, host = "", stopped = "", destroyed = ""] = removed;
    if (host !== vm.host || stopped !== destroyed)
      return { message, complaint: `it removes another machine: ${message}` };
    await field.hand.deleteVm(Number(destroyed));
    return { message };
  }
  if (imported === undefined) return { message, complaint: `no import is printed: ${message}` };
  const done = await field.shell(imported);
  return done.code === 0
    ? { message }
    : { message, complaint: `the import fails:\n${engineError(done.output)}` };
}
