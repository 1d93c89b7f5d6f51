import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { uneditedSubject } from "../../../cli/rehearsal/subject";
import { type Finished, run } from "../../../lab/engine/run";
import { setStage, type Stage } from "../../../lab/rehearse/stage";
import type { LabSite } from "../../../lab/site";
import { neitherEngineNorGo } from "../../lab/proxmox-provider/trial/workspace";
import { skipped } from "../../skipped";

/** Standing is a lab with a synthesized cluster file in front of it, and what was printed on the way. */
export interface Standing extends Stage {
  readonly file: string;
  readonly scratch: string;
  /** printed, every line of every deploy and destroy. */
  readonly printed: readonly string[];
  /** deploy what stands in cdktf.out. */
  deploy(): Promise<void>;
  destroy(file?: string): Promise<void>;
  /** terraform, or tofu, in a stack's folder. */
  terraform(stack: string, ...args: readonly string[]): Promise<Finished>;
  close(): Promise<void>;
}

export interface StandingOptions {
  /** site, changed from the one that has all the file names. */
  readonly site?: (site: LabSite) => LabSite;
}

/** rehearsing runs claims with the whole program, the real engine and the real provider, or says why it cannot. */
export function rehearsing(subject: string, claims: () => void): void {
  const reason = neitherEngineNorGo();
  if (reason === undefined) {
    describe(subject, claims);
    return;
  }
  skipped(subject, reason);
}

/** buildingMilliseconds, for the first run on a machine where engine or provider has to be built. */
export const buildingMilliseconds = 1_800_000;

export const project = resolve(__dirname, "../../..");

/** clusterFile in the folder of clusters that these tests are about. */
export const clusterFile = (name: string): string => resolve(__dirname, "../clusters", `${name}.ts`);

export async function stand(
  file: string,
  { site = (same) => same }: StandingOptions = {},
): Promise<Standing> {
  const scratch = await mkdtemp(join(tmpdir(), "slipway-rehearsal-"));
  const sweep = (): Promise<void> => rm(scratch, { recursive: true, force: true });
  const subject = uneditedSubject(file);
  const stage = await setStage(
    { ...subject, site: { ...subject.site, site: site(subject.site.site) } },
    scratch,
    () => undefined,
  ).catch(async (error: unknown) => {
    await sweep();
    throw error;
  });
  const printed: string[] = [];
  const print = (line: string): void => void printed.push(line);
  return {
    ...stage,
    file,
    scratch,
    printed,
    deploy: () => stage.program.deploySynthesized(file, print),
    destroy: (other = file) => stage.program.destroy(other, print),
    terraform: (stack, ...args) =>
      run({
        file: stage.engine.file,
        args,
        cwd: join(scratch, "cdktf.out", "stacks", stack),
        environment: stage.environment,
        seconds: 110,
      }),
    async close() {
      await stage.lab.close();
      await sweep();
    },
  };
}

/** onStand closes what it opened, whatever happens. */
export async function onStand(
  file: string,
  act: (standing: Standing) => Promise<void>,
  options: StandingOptions = {},
): Promise<void> {
  const standing = await stand(file, options);
  try {
    await act(standing);
  } finally {
    await standing.close();
  }
}
