import type { Command } from "commander";
import type { FaultsReport } from "../lab/rehearse/faults/rehearse-faults";
import type { Failure, Report } from "../lab/rehearse/report";
import { clusterOption, type ClusterOption } from "./cluster-option";
import { forget, partsTable, present, presentation } from "./lab-report";
import { jsonOption, type JsonOption } from "./json-option";
import { type KeysOf, manual } from "./manual";
import { paint } from "./paint";
import { table } from "./table";

export function addRehearse(program: Command): void {
  const command = program
    .command("rehearse")
    .description("deploy, grow, edit, rebuild and destroy the cluster in a lab on this machine")
    .addOption(clusterOption())
    .option("--faults", "strike a small cluster of its own with what goes wrong on Proxmox, fault by fault")
    .addOption(jsonOption())
    .action(async (options: ClusterOption & JsonOption & { faults?: true }) => {
      const { json = false } = options;
      if (options.faults) return rehearseFaults(json);
      const { subjectOf } = await import("./rehearsal/subject");
      const { gather, rehearse } = await import("../lab/rehearse/rehearse");
      const { showProgress } = await import("../lab/rehearse/progress");
      const { againInOwnNetwork, canHaveOwnNetwork, inOwnNetwork } =
        await import("../lab/engine/own-network");
      await forget("rehearsal");
      const subject = await subjectOf(options.cluster);
      const progress = showProgress(presentation(json));
      if (!inOwnNetwork() && (await canHaveOwnNetwork())) {
        await gather(subject, progress);
        process.exitCode = await againInOwnNetwork();
        return;
      }
      await present("rehearsal", await rehearse(subject, progress), json, printed);
    });
  manual(command, {
    group: "rehearse",
    needs:
      "curl and openssl; terraform or tofu, or Go to build one. No host is contacted. KUBE=real takes a real Kubernetes API.",
    statuses: {
      0: "every step held; the report is in build/rehearsal.json, with --faults in build/faults.json",
      1: "a step or a fault did not hold",
    },
    examples: [
      { line: "./slipway rehearse", says: "the whole life of cluster.ts, in about two minutes" },
      { line: "./slipway rehearse --cluster examples/ha.ts", says: "of another file" },
      { line: "./slipway rehearse --faults", says: "what can break on Proxmox, fault by fault" },
    ],
    json: { form: "an object", keys },
  });
}

const keys: KeysOf<Report & Pick<FaultsReport, "faults">> = {
  ok: "every step, or every fault, held",
  engine: "the engine and its version",
  parts: "an array: of every part, whether it was real or a stand-in",
  steps: "an array: name, ok, seconds, and how much was added, changed and destroyed; not with --faults",
  failure: "why the last step does not hold; absent when ok",
  faults: "an array, with --faults: what each one did",
};

/** rehearseFaults leaves the operator's file alone: what a fault does depends on Proxmox. */
async function rehearseFaults(json: boolean): Promise<void> {
  const { faultsSubject } = await import("./rehearsal/faults/subject");
  const { printedFaults } = await import("./rehearsal/faults/printed");
  const { gather } = await import("../lab/rehearse/rehearse");
  const { rehearseFaults: strikeAll } = await import("../lab/rehearse/faults/rehearse-faults");
  const { showProgress } = await import("../lab/rehearse/progress");
  const { againInOwnNetwork, canHaveOwnNetwork, inOwnNetwork } = await import("../lab/engine/own-network");
  await forget("faults");
  const subject = faultsSubject();
  // Clusters side by side cannot redraw the same lines.
  const progress = showProgress(json ? "silent" : "lines");
  if (!inOwnNetwork()) await gather(subject.subject, progress);
  if (!inOwnNetwork() && (await canHaveOwnNetwork())) {
    process.exitCode = await againInOwnNetwork();
    return;
  }
  await present("faults", await strikeAll(subject, progress), json, printedFaults);
}

function printed({ ok, parts, steps, failure }: Report): string {
  const stepRows = steps.map((step) => [
    step.name,
    step.ok ? "held" : "FAILED",
    step.seconds.toFixed(1),
    ...[step.add, step.change, step.destroy].map(String),
  ]);
  const verdict = ok
    ? paint.good(process.stdout, "The rehearsal held.")
    : paint.bad(process.stdout, "The rehearsal failed.");
  return [
    partsTable(parts),
    table([["STEP", "", "SECONDS", "ADDED", "CHANGED", "DESTROYED"], ...stepRows]),
    ...steps.flatMap(({ name, seen = [] }) => (seen.length === 0 ? [] : [indented(name, seen)])),
    ...(failure ? [explained(failure)] : []),
    `${verdict}\n`,
  ].join("\n");
}

function explained({ step, reason, words, consoles }: Failure): string {
  const machines = Object.entries(consoles).map(([name, lines]) => indented(`last lines of ${name}`, lines));
  return [`${step}: ${reason}\n${words}\n`, ...machines].join("\n");
}

function indented(title: string, lines: readonly string[]): string {
  return [`${title}:`, ...lines.map((line) => `  ${line}`), ""].join("\n");
}
