import { readFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { setTimeout as pause } from "node:timers/promises";
import { startDaemon } from "../../kubernetes/real/daemon";
import { connectGuestAgent, type GuestAgent } from "./guest-agent";
import { type Hardware, qemuArguments } from "./qemu";

export interface VirtualMachine {
  readonly name: string;
  readonly agent: GuestAgent;
  /** prints waits until its console has shown that text so many times; a machine that gives up is waited for no longer. */
  prints(text: string, times: number, seconds: number): Promise<void>;
  /** console, its last lines. */
  console(): readonly string[];
  powerOff(): Promise<void>;
}

/** refused, how RKE2's stand-in begins its reason not to run. */
const refused = "rke2 stand-in: REFUSED";

/** switchOn a machine and return while it boots. */
export async function switchOn(
  name: string,
  scratch: string,
  hardware: Omit<Hardware, "agent">,
): Promise<VirtualMachine> {
  const log = join(scratch, `${name}.console`);
  const agentSocket = join(scratch, `${name}.agent`);
  const args = qemuArguments({ ...hardware, agent: agentSocket });
  const process = startDaemon({
    name,
    file: "qemu-system-x86_64",
    args,
    log,
    environment: { TMPDIR: scratch },
  });
  const agent = await connectGuestAgent(agentSocket).catch((error: unknown) => {
    throw new Error(process.failure() ?? String(error));
  });
  const lines = (): string[] => stripVTControlCharacters(readFileSync(log, "latin1")).split(/\r?\n/);
  return {
    name,
    agent,
    async prints(text, times, seconds) {
      const deadline = performance.now() + seconds * 1000;
      while (lines().filter((line) => line.includes(text)).length < times) {
        const failure = process.failure();
        if (failure !== undefined) throw new Error(failure);
        const refusal = lines().find((line) => line.includes(refused));
        if (refusal !== undefined) throw new Error(`${name}: ${refusal.trim()}`);
        if (performance.now() > deadline) {
          throw new Error(`${name}: its console has not shown "${text}" after ${seconds} s`);
        }
        await pause(250);
      }
    },
    console: () =>
      lines()
        .filter((line) => line.trim() !== "")
        .slice(-30),
    async powerOff() {
      agent.close();
      await process.stop(0);
    },
  };
}
