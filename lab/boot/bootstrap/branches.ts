import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { type Check, judgeOf } from "../judge/check";
import type { GuestAgent } from "../machine/guest-agent";
import type { BootSubject, Branch } from "../subject";
import { servePeer } from "./peers";

const outcomes = z.array(
  z.object({
    name: z.string(),
    runs: z.array(z.object({ status: z.number(), words: z.string(), asked: z.number() })),
    join: z.string().nullable(),
  }),
);

/** Outcome of one branch: what each run of the script came to, and the file by which it joins. */
export type Outcome = z.output<typeof outcomes>[number];

/** takeBranches lets a machine that has booted run its bootstrap script in every way that it can take. */
export async function takeBranches(
  agent: GuestAgent,
  { branches, bootstrapScript, joinFile }: BootSubject,
): Promise<Check[]> {
  const close = await Promise.all(branches.flatMap(({ peers }) => peers.map(servePeer)));
  try {
    const wanted = {
      script: bootstrapScript,
      branches: branches.map(({ name, files, runs }) => ({
        name,
        files,
        runs: runs.map(({ says }) => says),
        join: joinFile,
      })),
    };
    const said = await agent.exec(
      ["/usr/bin/python3", "-c", program],
      JSON.stringify(wanted),
      branchesSeconds,
    );
    if (said.status !== 0) throw new Error(`cannot run the bootstrap script: ${said.stderr.trim()}`);
    const found = outcomes.parse(JSON.parse(said.stdout));
    return branches.map((branch) =>
      judgeBranch(
        branch,
        found.find(({ name }) => name === branch.name),
      ),
    );
  } finally {
    await Promise.all(close.map((each) => each()));
  }
}

/** branchesSeconds: most of it is the script's own waiting. */
const branchesSeconds = 900;

const program = readFileSync(join(__dirname, "..", "inside", "branches.py"), "utf8");

/** judgeBranch holds every run's exit status and words, and whom it joins after the last, against what has to come of it. */
export function judgeBranch(branch: Branch, outcome: Outcome | undefined): Check {
  const judge = judgeOf("bootstrap");
  if (outcome === undefined) return judge(branch.name, false, "it was not run");
  const wrong = branch.runs.flatMap(({ status, says }, index) => {
    const run = outcome.runs[index];
    return run?.status === status && run.words.includes(says)
      ? []
      : [`run ${index + 1}: ${run?.status ?? "none"} ${oneLine(run?.words ?? "")}`];
  });
  const join = branch.join === undefined ? null : `server: https://${branch.join}:9345\n`;
  if (outcome.join !== join) wrong.push(`joins ${oneLine(outcome.join ?? "nobody")}`);
  const asked = outcome.runs.reduce((sum, run) => sum + run.asked, 0);
  const again = asked > branch.runs.length ? [`asked ${asked} times, for it was slow to hear answers`] : [];
  const seen = wrong.length === 0 ? [...branch.runs.map(({ says }) => says), ...again] : wrong;
  return judge(branch.name, wrong.length === 0, seen.join("; "));
}

function oneLine(text: string): string {
  return text.trim().replaceAll(/\s*\n\s*/g, " / ");
}
