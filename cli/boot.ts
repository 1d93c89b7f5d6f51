import type { Command } from "commander";
import type { BootReport } from "../lab/boot/report";
import { forget, partsTable, present, presentation } from "./lab-report";
import { jsonOption, type JsonOption } from "./json-option";
import { type KeysOf, manual } from "./manual";
import { paint } from "./paint";
import { table } from "./table";

/** missingProgramsStatus, the exit status where something has to be installed first. */
const missingProgramsStatus = 2;

export function addBoot(program: Command): void {
  const command = program
    .command("boot")
    .description("boot the rendered cloud-init of two servers and a worker in emulated machines")
    .option("--full", "two load balancers too, and what happens when a server and one of them stop")
    .addOption(jsonOption())
    .action(async ({ full = false, json = false }: JsonOption & { full?: boolean }) => {
      const { missingPrograms } = await import("../lab/boot/missing-programs");
      const { boot, gather } = await import("../lab/boot/boot");
      const { bootSubject } = await import("./boot/subject");
      const { againInOwnNetwork, canHaveOwnNetwork, inOwnNetwork } =
        await import("../lab/engine/own-network");
      const { showProgress } = await import("../lab/rehearse/progress");
      const missing = missingPrograms() ?? ((await canHaveOwnNetwork()) ? undefined : noNamespace);
      if (missing !== undefined) {
        process.stderr.write(`${missing}\n`);
        process.exitCode = missingProgramsStatus;
        return;
      }
      const progress = showProgress(presentation(json));
      const subject = await bootSubject(full);
      if (!inOwnNetwork()) {
        await forget("boot");
        await gather(subject, progress);
        process.exitCode = await againInOwnNetwork();
        return;
      }
      await present("boot", await boot(subject, progress), json, printed);
    });
  manual(command, {
    group: "rehearse",
    needs: "QEMU, mmdebstrap and root, on Linux; it says which program is missing. No host is contacted.",
    statuses: {
      0: "every machine came up as it was written; the report is in build/boot.json",
      1: "one did not",
      [missingProgramsStatus]: "something has to be installed first, or root is needed",
    },
    examples: [
      { line: "./slipway boot", says: "two servers and a worker, in about ten minutes" },
      { line: "./slipway boot --full", says: "with two load balancers, of which one is stopped" },
    ],
    json: { form: "an object", keys },
  });
}

const keys: KeysOf<BootReport> = {
  ok: "all machines came up and every claim came true",
  parts: "an array: of every part, whether it was real or a stand-in",
  phases: "an array: name and seconds",
  checks: "an array: machine, claim, ok and what was seen",
  failure: "why the test could not go on; absent when it did",
  consoles: "the last lines of every machine by its name, where something did not hold",
};

const noNamespace =
  "The boot test needs a network namespace of its own, which this kernel gives to root: run it as root.";

function printed({ ok, parts, phases, checks, failure, consoles }: BootReport): string {
  const checkRows = checks.map((check) => [
    check.machine,
    check.ok ? "held" : "FAILED",
    check.claim,
    shortened(check.seen),
  ]);
  const verdict = ok
    ? paint.good(process.stdout, "Every machine came up as it was written.")
    : paint.bad(process.stdout, "The boot test failed.");
  return [
    partsTable(parts),
    table([["PHASE", "SECONDS"], ...phases.map(({ name, seconds }) => [name, seconds.toFixed(1)])]),
    table([["MACHINE", "", "CLAIM", "SEEN"], ...checkRows]),
    ...(failure === undefined ? [] : [`${failure}\n`]),
    ...(ok ? [] : Object.entries(consoles).map(([name, lines]) => lastLines(name, lines))),
    `${verdict}\n`,
  ].join("\n");
}

/** shortened for the table; build/boot.json has it whole. */
function shortened(text: string): string {
  return text.length > 100 ? `${text.slice(0, 99)}…` : text;
}

function lastLines(name: string, lines: readonly string[]): string {
  return [`last lines of ${name}:`, ...lines.map((line) => `  ${line}`), ""].join("\n");
}
