import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fakeProgram, temporaryFolder } from "../lab/engine/fake-program";
import { exampleOf, slipway } from "./slipway";

const folder = temporaryFolder();
const SLIPWAY_CLUSTER = exampleOf("ha");
const answering = fakeProgram(folder, "engine", `echo '"apiVersion": "v1"'; echo "args: $*" ; pwd`);
const silent = fakeProgram(folder, "silent", 'echo "Warning: No outputs found" >&2; exit 1');
mkdirSync(join(folder, "cdktf.out", "stacks", "ha-identity", ".terraform"), { recursive: true });

test("the kubeconfig is what the engine says of the identity stack, in that stack's folder", () => {
  const { status, stdout } = slipway(
    ["kubeconfig"],
    { SLIPWAY_CLUSTER, TERRAFORM_BINARY_NAME: answering },
    folder,
  );
  expect(status).toBe(0);
  expect(stdout).toMatch(
    /^"apiVersion": "v1"\nargs: output -raw kubeconfig\n.*\/cdktf\.out\/stacks\/ha-identity\n$/,
  );
});

test("--output writes a file that only its owner can read, also over one that others could", () => {
  const file = join(folder, "kubeconfig");
  writeFileSync(file, "old", { mode: 0o644 });
  const environment = { SLIPWAY_CLUSTER, TERRAFORM_BINARY_NAME: answering };
  expect(slipway(["kubeconfig", "--output", file], environment, folder)).toMatchObject({
    status: 0,
    stdout: "",
  });
  expect(readFileSync(file, "utf8")).toContain(`"apiVersion": "v1"`);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test("refuses before the stack is deployed, with the command that deploys it", () => {
  const { status, stderr } = slipway(["kubeconfig"], { SLIPWAY_CLUSTER: exampleOf("iso") }, folder);
  expect(status).toBe(1);
  expect(stderr).toBe(
    'The stack iso-identity is not deployed from this folder: run "npx cdktf deploy iso-identity" first.\n',
  );
});

test("refuses when the engine has no such output, with its words", () => {
  const { status, stderr } = slipway(
    ["kubeconfig"],
    { SLIPWAY_CLUSTER, TERRAFORM_BINARY_NAME: silent },
    folder,
  );
  expect(status).toBe(1);
  expect(stderr).toContain("Warning: No outputs found");
});

test("refuses an engine that is not there, naming the variable that chooses one", () => {
  const environment = { SLIPWAY_CLUSTER, TERRAFORM_BINARY_NAME: join(folder, "none") };
  expect(slipway(["kubeconfig"], environment, folder).stderr).toContain("TERRAFORM_BINARY_NAME=tofu");
});

test("refuses to guess between clusters, and a name that none has", () => {
  const environment = { SLIPWAY_CLUSTER: exampleOf("two-clusters") };
  expect(slipway(["kubeconfig"], environment, folder).stderr).toMatch(
    /^The file has several clusters: say which of \S+, \S+\.$/m,
  );
  expect(slipway(["kubeconfig", "nobody"], environment, folder).stderr).toContain(
    'No cluster is called "nobody"',
  );
});
