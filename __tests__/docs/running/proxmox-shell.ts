import type { Reply } from "../../../lab/guests/system/bus";
import type { OperatorsHand } from "../../../lab/proxmox";

/** proxmoxShell is a stand-in for ssh to a Proxmox host: `qm` as the pages use it, done to the lab's machines. */
export async function proxmoxShell(
  hand: Pick<OperatorsHand, "powerOff" | "deleteVm">,
  args: readonly string[],
): Promise<Reply> {
  const [where = "", ...words] = args;
  if (!/^slipway@192\.168\.0\.1[123]$/.test(where))
    return { code: 255, text: `ssh: no Proxmox host ${where}` };
  for (const command of words.join(" ").split("&&")) {
    const [, verb, id] = /^\s*sudo qm (shutdown|stop|destroy) (\d+)( --purge)?\s*$/.exec(command) ?? [];
    if (verb === undefined) return { code: 127, text: `the stand-in for ssh knows no "${command.trim()}"` };
    if (verb === "destroy") await hand.deleteVm(Number(id));
    else await hand.powerOff(Number(id));
  }
  return { code: 0 };
}
