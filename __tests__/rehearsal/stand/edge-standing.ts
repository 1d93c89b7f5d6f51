import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { resolve } from "../../../config/resolve";
import { edgeRole } from "../../../cli/rehearsal/surroundings";
import { freshCredentials } from "../../../lab/credentials";
import { type LabEdge, startLabEdge } from "../../../lab/edge";
import type { Version } from "../../../lab/edge/version";
import { findEngine } from "../../../lab/engine/engine";
import { scratchEnvironment } from "../../../lab/engine/environment";
import { type Finished, run } from "../../../lab/engine/run";
import { createLabAuthority, createLabNetwork, type LabAuthority } from "../../../lab/network";
import { startStandIns } from "../../../lab/providers";
import { changesOf } from "../../../lab/rehearse/plan";
import { EdgeStack } from "../../../stacks/edge";
import { surroundings } from "../../lab/providers/surroundings";
import { wordsOf } from "./words";

/** EdgeStanding is the lab's proxy with the synthesized stack `home-edge` in front of it, which needs no other stack. */
export interface EdgeStanding {
  readonly edge: LabEdge;
  readonly authority: LabAuthority;
  /** folder that the stack is synthesized into. */
  readonly folder: string;
  readonly stateFile: string;
  /** password of the login at the proxy. */
  readonly password: string;
  /** write the stack of a cluster, as `cdktf synth` does. */
  readonly write: (cluster: object) => Promise<void>;
  /** give a secret variable another value, from the next run on. */
  readonly give: (certificate: Certificate) => void;
  readonly terraform: (command: string, ...args: readonly string[]) => Promise<Finished>;
  /** apply tells its status and its words. */
  readonly apply: () => Promise<Said>;
  /** deploy is an apply that must succeed, and gives its words. */
  readonly deploy: () => Promise<string>;
  readonly plan: () => Promise<Said>;
  /** planned changes by address, without the hash of what is inside a construct; what stays is left out. */
  readonly planned: () => Promise<Readonly<Record<string, readonly string[]>>>;
  readonly close: () => Promise<void>;
}

export interface Said {
  readonly code: number | undefined;
  readonly words: string;
}

/** Certificate and its key, of the variables `test_com`. */
export interface Certificate {
  readonly certificatePem: string;
  readonly keyPem: string;
}

export interface EdgeStandingOptions {
  readonly version?: Version;
  /** path to look for nginx on. @default where it is */
  readonly path?: string;
}

const stack = "home-edge";

export async function standEdge(
  cluster: object,
  { version, path }: EdgeStandingOptions = {},
): Promise<EdgeStanding> {
  const scratch = await mkdtemp(join(tmpdir(), "slipway-edge-"));
  const outdir = join(scratch, "cdktf.out");
  const folder = join(outdir, "stacks", stack);
  const engine = await findEngine(process.env, () => undefined);
  const network = await createLabNetwork();
  const authority = await createLabAuthority(join(scratch, "authority"));
  const { clusters } = resolve([cluster], "cluster.ts").model;
  const credentials = freshCredentials(edgeRole(clusters));
  const edge = await startLabEdge({
    network,
    address: "192.168.0.100",
    account: credentials.edge,
    scratch,
    ...(version === undefined ? {} : { version }),
    ...(path === undefined ? {} : { path }),
  });
  const led = { ...credentials.environment, HTTP_PROXY: network.httpProxyUrl };
  const standIns = await startStandIns(["null", "nginxproxymanager"], { ...surroundings, environment: led });
  const environment = {
    ...(await scratchEnvironment(scratch)),
    ...led,
    TF_REATTACH_PROVIDERS: standIns.reattach,
  };
  const variables: Record<string, string> = {};
  const give = ({ certificatePem, keyPem }: Certificate): void => {
    variables["TF_VAR_test_com_certificate"] = certificatePem;
    variables["TF_VAR_test_com_key"] = keyPem;
  };
  const terraform = (command: string, ...args: readonly string[]): Promise<Finished> =>
    run({
      file: engine.file,
      args: [command, ...args],
      cwd: folder,
      environment: { ...environment, ...variables },
      seconds: 100,
    });
  const plan = (): Promise<Finished> => terraform("plan", "-input=false", "-no-color", "-out=plan");
  const apply = async (): Promise<Said> =>
    saidBy(await terraform("apply", "-input=false", "-no-color", "-auto-approve"));
  const standing: EdgeStanding = {
    edge,
    authority,
    folder,
    stateFile: join(scratch, `terraform.${stack}.tfstate`),
    password: credentials.edge.password,
    async write(changed) {
      const [model] = resolve([changed], "cluster.ts").model.clusters;
      if (model?.edge === undefined) throw new Error("a cluster without an edge");
      const app = new App({ outdir });
      new EdgeStack(app, model, model.edge);
      await mkdir(outdir, { recursive: true });
      app.synth();
    },
    give,
    terraform,
    apply,
    async deploy() {
      const { code, words } = await apply();
      if (code !== 0) throw new Error(words);
      return words;
    },
    plan: async () => saidBy(await plan()),
    async planned() {
      const done = await plan();
      if (done.code !== 0) throw new Error(done.output);
      const shown = await terraform("show", "-json", "plan");
      return Object.fromEntries(
        changesOf(stack, shown.stdout).map(({ address, actions }) => [
          address.replace(/_[0-9A-F]{8}$/, ""),
          actions,
        ]),
      );
    },
    async close() {
      await standIns.close();
      await edge.close();
      await network.close();
      await rm(scratch, { recursive: true, force: true });
    },
  };
  give(await authority.issue(["test.com", "*.test.com"]));
  await standing.write(cluster);
  await standing.terraform("init", "-input=false");
  return standing;
}

/** stateOf the stack, as the engine keeps it. */
export function stateOf({ stateFile }: EdgeStanding): Promise<string> {
  return readFile(stateFile, "utf8");
}

function saidBy({ code, output }: Finished): Said {
  return { code, words: wordsOf(output) };
}
