import type { Reply } from "../../../lab/guests/system/bus";
import type { OperatorsHand } from "../../../lab/proxmox";

type Hand = Pick<OperatorsHand, "powerOff" | "deleteVm" | "setOption" | "commentPool">;

/** proxmoxShell is a stand-in for ssh to a Proxmox host: `qm` and `pveum` as the pages use them, done to the lab. */
export async function proxmoxShell(hand: Hand, args: readonly string[]): Promise<Reply> {
  const [where = "", ...words] = args;
  const [, user = ""] = /^(slipway|root)@192\.168\.0\.1[123]$/.exec(where) ?? [];
  if (user === "") return { code: 255, text: `ssh: no Proxmox host ${where}` };
  for (const command of words.join(" ").split("&&")) {
    const done =
      (await power(hand, command)) || set(hand, command) || (user === "root" && comment(hand, command));
    if (!done) return { code: 127, text: `the stand-in for ssh knows no "${command.trim()}"` };
  }
  return { code: 0 };
}

async function power(hand: Hand, command: string): Promise<boolean> {
  const [, verb, id] = /^\s*sudo qm (shutdown|stop|destroy) (\d+)( --purge)?\s*$/.exec(command) ?? [];
  if (verb === undefined) return false;
  if (verb === "destroy") await hand.deleteVm(Number(id));
  else await hand.powerOff(Number(id));
  return true;
}

function set(hand: Hand, command: string): boolean {
  const [, id, rest = ""] = /^\s*sudo qm set (\d+)((?: --\w+ \S+)+)\s*$/.exec(command) ?? [];
  for (const [, option = "", value = ""] of rest.matchAll(/--(\w+) (\S+)/g)) {
    if (option !== "delete") hand.setOption(Number(id), option, value);
    else for (const name of value.split(",")) hand.setOption(Number(id), name, undefined);
  }
  return id !== undefined;
}

function comment(hand: Hand, command: string): boolean {
  const [, pool, text] = /^pveum pool modify (\S+) --comment '([^']*)'$/.exec(command) ?? [];
  if (pool === undefined || text === undefined) return false;
  hand.commentPool(pool, text);
  return true;
}
