import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { z } from "zod";
import type { Model } from "../../config/model";
import type { State } from "../../config/model/state";
import { expectGolden } from "../golden-file";
import { modelOf, synthesize, type SynthesizedStack } from "./synthesized";

const project = resolve(__dirname, "../..");
const home = modelOf("cluster.ts");
const s3 = { kind: "s3", bucket: "states", region: "eu-central-1", folder: "home" } as const;
const states = {
  pg: { kind: "pg", schema: "slipway" },
  s3,
  "s3-of-another": { ...s3, endpoint: "https://s3.test.com" },
  http: { kind: "http", address: "https://gitlab.test.com/api/v4/projects/42/terraform/state" },
} as const satisfies Record<string, State>;

const stackSchema = z.looseObject({
  "//": z.looseObject({ metadata: z.looseObject({ backend: z.string() }) }),
  terraform: z.looseObject({ backend: z.record(z.string(), z.record(z.string(), z.unknown())) }),
  data: z
    .looseObject({
      terraform_remote_state: z
        .record(
          z.string(),
          z.object({ backend: z.string(), workspace: z.string(), config: z.record(z.string(), z.unknown()) }),
        )
        .optional(),
    })
    .default({}),
});

describe.each(Object.entries(states))("state in %s", (name, state) => {
  const stacks = synthesize(keptIn(state)).map(read);

  it("is written and read as in the golden file", () => {
    const places = stacks.map((stack) => [stack.name, { backend: stack.backend, reads: stack.reads }]);
    expectGolden(`state/${name}.json`, `${JSON.stringify(Object.fromEntries(places), null, 2)}\n`);
  });

  it("has a place for each stack, and is read where another one writes it", () => {
    const places = stacks.map(({ backend }) => JSON.stringify(backend));
    expect(new Set(places).size).toBe(5);
    const reading = stacks.flatMap(({ reads }) => reads);
    expect(reading).toHaveLength(4);
    for (const { backend, config } of reading)
      expect(places).toContain(JSON.stringify({ [backend]: config }));
  });

  it("names no login", () => {
    const settings = JSON.stringify(stacks.map(({ backend, reads }) => [backend, reads]));
    expect(settings).not.toMatch(/conn_str|user|password|access_key|secret|token/);
  });

  it("changes nothing else of any stack", () => {
    expect(stacks.map(({ rest }) => rest)).toEqual(synthesize(home).map((stack) => read(stack).rest));
  });
});

it("a rehearsed file that keeps its state in a database synthesizes to the bytes of one without", () => {
  const clusters = "__tests__/rehearsal/clusters";
  const without = written(`${clusters}/two-workers.ts`);
  expect(written(`${clusters}/shared-state.ts`, { SLIPWAY_STATE: "local" })).toEqual(without);
  expect(written(`${clusters}/shared-state.ts`)).not.toEqual(without);
});

function keptIn(state: State): Model {
  return { clusters: home.clusters.map((cluster) => ({ ...cluster, state })) };
}

/** read a stack's JSON apart: where its state is, whose states it reads, and the rest. */
function read({ name, text }: SynthesizedStack) {
  const { "//": about, terraform, data, ...blocks } = stackSchema.parse(JSON.parse(text));
  const { backend, ...settings } = terraform;
  const { terraform_remote_state: remote = {}, ...sources } = data;
  const readers = Object.entries(remote).map(([id, { workspace }]) => [id, workspace]);
  const metadata = { ...about.metadata, backend: "anywhere" };
  return {
    name,
    backend,
    reads: Object.values(remote),
    rest: [blocks, settings, sources, readers, metadata],
  };
}

/** written by the program itself, file by file. */
function written(cluster: string, environment: Record<string, string> = {}): Record<string, string> {
  const outdir = mkdtempSync(join(tmpdir(), "slipway-state-"));
  try {
    execFileSync(process.execPath, ["--require", "./from-source.js", "main.ts"], {
      cwd: project,
      env: { PATH: process.env["PATH"], SLIPWAY_CLUSTER: cluster, CDKTF_OUTDIR: outdir, ...environment },
    });
    const files = readdirSync(outdir, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    return Object.fromEntries(
      files.map((file) => {
        const path = join(file.parentPath, file.name);
        return [path.slice(outdir.length), readFileSync(path, "utf8")];
      }),
    );
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
