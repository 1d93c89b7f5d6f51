import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { startLab } from "..";
import { type Engine, findEngine } from "../engine/engine";
import { scratchEnvironment } from "../engine/environment";
import { inOwnNetwork } from "../engine/own-network";
import type { Part } from "../engine/part";
import { supplyProviders } from "../engine/provider-supply";
import { simulatedKubernetes } from "../kubernetes/lab-kubernetes";
import { gatherPrograms, realKubernetes } from "../kubernetes/real";
import { Program } from "./program";
import type { Rehearsal } from "./step";
import type { Subject } from "./subject";

/** Stage is a rehearsal ready to begin: engine and providers found, the lab running, the program led into it. */
export interface Stage extends Rehearsal {
  readonly engine: Engine;
  readonly parts: readonly Part[];
  /** environment that leads a program into this lab. */
  readonly environment: Readonly<Record<string, string>>;
}

export async function setStage(
  subject: Subject,
  scratch: string,
  say: (line: string) => void,
  interrupted?: AbortSignal,
): Promise<Stage> {
  const { place, bare, supply, programs } = await gatherParts(subject, scratch, say, interrupted);
  const { engine } = place;

  say("lab");
  const lab = await startLab({
    ...subject.site,
    variables: subject.variables,
    kubernetes:
      programs === undefined ? simulatedKubernetes : realKubernetes(programs, join(scratch, "kubernetes")),
    missing: supply.missing,
    scratch,
  });
  const environment = { ...bare, ...lab.environment, TF_CLI_CONFIG_FILE: supply.cliConfigFile };
  const parts: Part[] = [
    { name: engine.name, kind: "real", version: engine.version },
    { name: "cdktf-cli", kind: "real", version: await cdktfVersion(subject.project) },
    ...supply.parts,
    ...lab.parts,
    network,
  ];
  return { subject, program: new Program({ ...place, environment }), lab, engine, parts, environment };
}

/** gatherParts finds or builds all that a rehearsal cannot go without; only this may need the network. */
export async function gatherParts(
  subject: Subject,
  scratch: string,
  say: (line: string) => void,
  interrupted?: AbortSignal,
) {
  const { clusters } = subject.original;
  const programs =
    subject.kubernetes === "real" ? await gatherPrograms(process.env, clusters.length, say) : undefined;

  say("engine");
  const engine = await findEngine(process.env, say);
  const bare = await scratchEnvironment(scratch);
  const place = { project: subject.project, scratch, engine, ...(interrupted && { interrupted }) };

  say("what the stacks require");
  const reader = new Program({ ...place, environment: bare });
  await reader.synth(subject.original.file);
  const supply = await supplyProviders(
    engine,
    await reader.requiredProviders(),
    scratch,
    say,
    playedWith[subject.kubernetes],
  );
  return { place, bare, supply, programs };
}

/** playedWith either Kubernetes: no chart can be fetched into the lab, and only a real API is for the real provider. */
const playedWith = { simulated: ["helm", "kubernetes"], real: ["helm"] } as const;

const network: Part = {
  name: "network",
  kind: "stand-in",
  version: inOwnNetwork()
    ? "a namespace of its own: no packet can leave this machine"
    : "this machine's loopback: the lab's proxies refuse every other address",
};

async function cdktfVersion(project: string): Promise<string> {
  const file = join(project, "node_modules", "cdktf-cli", "package.json");
  return z.object({ version: z.string() }).parse(JSON.parse(await readFile(file, "utf8"))).version;
}
