import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { uneditedSubject } from "../../cli/rehearsal/subject";
import { type Lab, startLab } from "../../lab";
import { scratchEnvironment } from "../../lab/engine/environment";
import { run } from "../../lab/engine/run";
import { simulatedKubernetes } from "../../lab/kubernetes/lab-kubernetes";
import type { LabSite } from "../../lab/site";

const project = resolve(__dirname, "../..");

/** DoctorStand is a lab that has all that a cluster file names, with nothing deployed, and the doctor before it. */
export interface DoctorStand {
  readonly lab: Lab;
  readonly site: OpenSite;
  readonly environment: Readonly<Record<string, string>>;
  readonly scratch: string;
  /** examine with some variables changed; undefined takes one away. */
  examine(changed?: Readonly<Record<string, string | undefined>>, ...args: readonly string[]): Promise<Said>;
  close(): Promise<void>;
}

export interface Said {
  readonly code: number | undefined;
  readonly text: string;
  /** lines of a problem, each with its why and its fix on the same line. */
  readonly problems: readonly string[];
}

/** OpenSite is the lab's site, in a test's hands while it stands. */
export type OpenSite = ReturnType<typeof opened>;

export async function standDoctor(file: string): Promise<DoctorStand> {
  const scratch = await mkdtemp(join(tmpdir(), "slipway-doctor-"));
  const { site: surroundings, variables } = uneditedSubject(file);
  const site = opened(surroundings.site);
  const lab = await startLab({
    ...surroundings,
    site,
    variables,
    kubernetes: simulatedKubernetes,
    missing: [],
    scratch,
  });
  const environment = { ...(await scratchEnvironment(scratch)), ...lab.environment };
  return {
    lab,
    site,
    environment,
    scratch,
    async examine(changed = {}, ...args) {
      const kept = Object.entries({ ...environment, ...changed }).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, value] as const],
      );
      const { code, output } = await run({
        file: join(project, "slipway"),
        args: ["doctor", "--cluster", file, ...args],
        cwd: scratch,
        environment: Object.fromEntries(kept),
        seconds: 100,
      });
      return { code, text: output, problems: problemsIn(output) };
    },
    async close() {
      await lab.close();
      await rm(scratch, { recursive: true, force: true });
    },
  };
}

function problemsIn(text: string): string[] {
  return [...text.matchAll(/^ {2}problem {6}(.*)\n {4}why {2}(.*)\n {4}fix {2}(.*)$/gm)].map((match) =>
    match.slice(1).join(" | "),
  );
}

function opened(site: LabSite) {
  return {
    ...site,
    hosts: [...site.hosts],
    bridges: [...site.bridges],
    storages: site.storages.map((one) => ({ ...one })),
  };
}
