import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Finished, run } from "../../lab/engine/run";
import { skipped } from "../skipped";
import { filesBelow } from "./stand/found";
import { commandsOf } from "../docs/running/page";
import { neitherPostgres, type Postgres, startPostgres } from "./stand/postgres";
import { replaceOnce } from "./stand/stack-file";
import { buildingMilliseconds, clusterFile, rehearsing, stand, type Standing } from "./stand/standing";
import { startStateServer, type StateServer } from "./stand/state-server";
import { type WaitingDeploy, waitingDeploy } from "./stand/waiting-deploy";
import { wordsOf } from "./stand/words";
import { workingCopy } from "./stand/working-copy";

const stacks = ["small-identity", "small-machines", "small-network", "small-platform"];
const reason = neitherPostgres();
if (reason === undefined) rehearsing("the state of a cluster", claims);
else skipped("the state of a cluster", reason);

function claims(): void {
  let standing: Standing;
  let database: Postgres;
  let server: StateServer;
  let folder: string;
  let programs: string;
  /** login at the stores, as an operator exports it. */
  let login: Record<string, string> = {};
  const printed: string[] = [];

  beforeAll(async () => {
    [standing, database, server] = await Promise.all([
      stand(clusterFile("shared-state")),
      startPostgres(),
      startStateServer(),
    ]);
    await standing.deploy();
    folder = workingCopy(standing.scratch, cluster());
    programs = join(standing.scratch, "programs");
    mkdirSync(programs);
    symlinkSync(standing.engine.file, join(programs, "terraform"));
  }, buildingMilliseconds);
  afterAll(async () => {
    await standing.close();
    await database.close();
    await server.close();
  });

  const cluster = (state = ""): string =>
    replaceOnce(
      readFileSync(clusterFile("two-workers"), "utf8").replace("../../../config/", "./config/"),
      'name: "small",',
      `name: "small",${state}`,
    );
  const keepIn = (state: string): void =>
    writeFileSync(join(folder, "cluster.ts"), cluster(` state: ${state},`));

  const environment = (): Record<string, string> => ({
    ...standing.environment,
    ...login,
    PATH: `${programs}:${standing.environment["PATH"] ?? ""}`,
  });
  /** shell runs commands of the page in the operator's working copy. */
  const shell = async (commands: string): Promise<{ code: Finished["code"]; words: string }> => {
    const done = await run({
      file: "/bin/bash",
      args: ["-eu", "-c", commands],
      cwd: folder,
      environment: environment(),
      seconds: 110,
    });
    printed.push(done.output);
    return { code: done.code, words: wordsOf(done.output) };
  };
  const page = async (heading: string): Promise<string> => {
    const { code, words } = await shell(commandsOf("move-state.md", heading).join(""));
    expect([code, words]).toEqual([0, expect.not.stringContaining("Error")]);
    return words;
  };
  const stackFolder = (stack: string): string => join(folder, "cdktf.out/stacks", stack);
  const plan = (stack: string) => shell(`terraform -chdir=cdktf.out/stacks/${stack} plan -input=false`);
  const rest = (words: string): number => words.split("No changes.").length - 1;

  /** deploying the machines, one gate anew; it waits at its prompt. */
  const deploying = (): Promise<WaitingDeploy> => {
    const { resource }: { resource: { null_resource: object } } = JSON.parse(
      readFileSync(join(stackFolder("small-machines"), "cdk.tf.json"), "utf8"),
    );
    const gate = Object.keys(resource.null_resource).find((name) => name.startsWith("worker-1_ready_"));
    return waitingDeploy(standing.engine.file, [`-replace=null_resource.${gate ?? "none"}`], {
      cwd: stackFolder("small-machines"),
      environment: environment(),
    });
  };

  test("is in the rehearsal's own folder, though the file names a database", () => {
    const states = readdirSync(standing.scratch).filter((name) => name.endsWith(".tfstate"));
    expect(states.sort()).toEqual(stacks.map((stack) => `terraform.${stack}.tfstate`));
    expect(database.rows("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'slipway%'")).toEqual([]);
  });

  test("is left in files beside cluster.ts, where the page begins", async () => {
    for (const stack of stacks) {
      const name = `terraform.${stack}.tfstate`;
      cpSync(join(standing.scratch, name), join(folder, name));
    }
    expect(rest(await page("1. Look before"))).toBe(stacks.length);
  });

  test("moves to PostgreSQL by the page's commands, and nothing is planned", async () => {
    keepIn("{ pg: {} }");
    login = { PG_CONN_STR: database.connection };
    await page("3. Move");
    expect(rest(await page("4. Look after"))).toBe(stacks.length);
    await page("5. Delete the old files");
    expect(readdirSync(folder).filter((name) => name.includes("tfstate"))).toEqual([]);
    for (const stack of stacks) {
      const count = `SELECT json_array_length(data::json -> 'resources') FROM "slipway_${stack}".states`;
      expect(database.rows(count)).toEqual([expect.stringMatching(/^[1-9]/)]);
    }
  });

  test("is found by a fresh clone that knows the login and nothing else", async () => {
    rmSync(join(folder, "cdktf.out"), { recursive: true });
    expect(rest(await page("1. Look before"))).toBe(stacks.length);
    expect((await shell("./slipway kubeconfig")).words).toContain("client-key-data");
  });

  test("is not written by a second deploy while the first one has it, and says so", async () => {
    const first = await deploying();
    const second = await shell("npx cdktf deploy small-machines --auto-approve --skip-provider-lock");
    expect(second.code).not.toBe(0);
    expect((await plan("small-machines")).words).toContain(
      "Error acquiring the state lock Error message: Workspace is already locked: default",
    );
    expect(await first.answer("yes")).toBe(0);
    expect(rest((await plan("small-machines")).words)).toBe(1);
  });

  test("is free again in PostgreSQL when a deploy was killed", async () => {
    await (await deploying()).kill();
    expect(rest((await shell(waiting("small-machines"))).words)).toBe(1);
  });

  test("is freed in PostgreSQL by ending the connection that the page's query finds, not by force-unlock", async () => {
    const [, , find = ""] = commandsOf("move-state.md", "A lock that nobody holds");
    const [query = "", end = ""] = find.trim().split("\n");
    const stuck = await deploying();
    const refused = await plan("small-machines");
    await unlock(refused.words);
    expect((await plan("small-machines")).words).toContain("Error acquiring the state lock");
    const pid = / (\d+) \| 127\.0\.0\.1/.exec((await shell(query)).words)?.[1] ?? "none";
    await shell(end.replace("<pid>", pid));
    expect(rest((await shell(waiting("small-machines"))).words)).toBe(1);
    await stuck.kill();
  });

  test("moves on to a server over HTTP by the same commands", async () => {
    keepIn(`{ http: { address: "${server.address}" } }`);
    login = { ...login, TF_HTTP_USERNAME: server.username, TF_HTTP_PASSWORD: server.password };
    await page("3. Move");
    expect(rest((await plan("small-machines")).words)).toBe(1);
    expect([...server.states.keys()].sort()).toEqual(stacks);
  });

  test("stays locked over HTTP when a deploy was killed, and is freed by the page's request", async () => {
    await (await deploying()).kill();
    expect((await plan("small-machines")).words).toContain("Error acquiring the state lock");
    const [, free = ""] = commandsOf("move-state.md", "A lock that nobody holds");
    const freed = await shell(free.replace("<address>/home-", `${server.address}/small-`));
    expect(freed.code).toBe(0);
    expect(rest((await plan("small-machines")).words)).toBe(1);
  });

  test("has no login of its store in JSON, in what the engine keeps beside it, or in anything printed", () => {
    const kept = stacks.map((stack) => join(stackFolder(stack), ".terraform/terraform.tfstate"));
    const texts = [...filesBelow(folder, /\.(json|ts)$/).values(), ...printed];
    texts.push(...kept.map((file) => readFileSync(file, "utf8")));
    expect(texts.length).toBeGreaterThan(20);
    for (const secret of [database.password, server.password])
      expect(texts.filter((text) => text.includes(secret))).toEqual([]);
  });

  async function unlock(refusal: string): Promise<void> {
    const [forceUnlock = ""] = commandsOf("move-state.md", "A lock that nobody holds");
    const id = /ID: (\S+)/.exec(refusal)?.[1] ?? "none";
    const done = await shell(forceUnlock.replace("home-machines", "small-machines").replace("<ID>", id));
    expect([done.code, done.words]).toEqual([0, expect.stringContaining("successfully unlocked")]);
  }

  /** waiting for a lock as the page says deploys may. */
  function waiting(stack: string): string {
    const [wait = ""] = commandsOf("move-state.md", "Two deploys at once");
    return `${wait}terraform -chdir=cdktf.out/stacks/${stack} plan -input=false`;
  }
}
