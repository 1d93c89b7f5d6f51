import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { type Composed, composedText, FromVariable } from "../../cloud-init/composed";
import { terraformFile } from "../../constructs/terraform-text";
import { findEngine } from "../../lab/engine/engine";
import { type Finished, run } from "../../lab/engine/run";
import { readYaml } from "../cloud-init/read-document";
import { neitherEngineNorGo } from "../lab/proxmox-provider/trial/workspace";
import { skipped } from "../skipped";

const claim = "a file of data around secrets reaches a machine as it was meant, through the real engine";
const reason = neitherEngineNorGo();

/** awkward texts: what YAML, JSON, Terraform's templates or its strings would each read otherwise. */
const awkward = [
  'quotes " and \' and \\ and \\"',
  "two\nlines\r\n\ttab",
  '${upper("x")} $${y} %{ if true }z%{ endif } %%{',
  "key: # no comment",
  "- !!binary | > & * yes ~ null 0x10",
  "<b>&amp;\u2028\u2029\u0000\u001b\u007f",
  // composed: the engine itself brings every text to this form (NFC)
  "π ☃ 🜁 \u00e9",
  "",
  " ",
  "secret(server-token)",
];

/** data with every text as a value that is known, as a key, in a list, and as a variable's value. */
const data: Composed = {
  known: Object.fromEntries(awkward.map((text, index) => [`k${index}`, text])),
  keys: Object.fromEntries(awkward.map((text) => [text, true])),
  list: awkward,
  variables: Object.fromEntries(awkward.map((_, index) => [`v${index}`, new FromVariable(`v${index}`)])),
};

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), "slipway-file-"))));
afterAll(() => rmSync(folder, { recursive: true }));

if (reason === undefined) {
  test(
    claim,
    async () => {
      writeStack(data);
      const planned = await engine("plan");
      expect(planned).toMatchObject({ code: 0 });
      expect(planned.stdout).toMatch(/input += +\(sensitive value\)/);
      expect(planned.stdout).not.toContain("no comment");

      expect(await engine("apply", "-auto-approve")).toMatchObject({ code: 0 });
      const { stdout } = await engine("output", "-raw", "document");
      const [, encoded = ""] = /^content: (\S*)$/m.exec(stdout) ?? [];
      const text = Buffer.from(encoded, "base64").toString();
      const meant: unknown = JSON.parse(composedText(data, valueOf));
      expect(JSON.parse(text)).toEqual(meant);
      expect(readYaml(text)).toEqual(meant);
    },
    120_000,
  );
} else {
  skipped(claim, reason);
}

test("the text that tests give a machine is the same data", () => {
  const secrets = fc.record({ user: fc.string(), password: fc.string({ unit: "binary" }) });
  fc.assert(
    fc.property(secrets, ({ user, password }) => {
      const login = { auth: { user, password: new FromVariable("password") } };
      const text = composedText(login, () => password);
      expect(readYaml(text)).toEqual({ auth: { user, password } });
    }),
  );
});

/** valueOf a variable; NUL cannot stand in an environment. */
function valueOf(variable: string): string {
  return (awkward[Number(variable.slice(1))] ?? "").replaceAll("\0", "");
}

function writeStack(composed: Composed): void {
  const variables = awkward.map((_, index) => [`v${index}`, { type: "string", sensitive: true }]);
  const document = `content: ${terraformFile(composed, (name) => `var.${name}`)}\n`;
  writeFileSync(
    join(folder, "main.tf.json"),
    JSON.stringify({
      variable: Object.fromEntries(variables),
      resource: { terraform_data: { snippet: { input: document } } },
      output: { document: { value: document, sensitive: true } },
    }),
  );
}

async function engine(...args: readonly string[]): Promise<Finished> {
  const { file } = await findEngine(process.env, () => undefined);
  const values = awkward.map((_, index): [string, string] => [`TF_VAR_v${index}`, valueOf(`v${index}`)]);
  const environment = { HOME: folder, CHECKPOINT_DISABLE: "1", ...Object.fromEntries(values) };
  const command = { file, cwd: folder, environment, seconds: 60 };
  await run({ ...command, args: ["init", "-input=false", "-no-color"] });
  const flags = args[0] === "output" ? [] : ["-input=false"];
  return run({ ...command, args: [...args.slice(0, 1), "-no-color", ...flags, ...args.slice(1)] });
}
