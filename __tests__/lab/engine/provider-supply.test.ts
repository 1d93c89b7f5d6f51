import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { shortHash } from "../../../lab/engine/cache";
import type { Engine } from "../../../lab/engine/engine";
import { supplyProviders } from "../../../lab/engine/provider-supply";
import { fakeProgram, temporaryFolder } from "./fake-program";

const required = [
  { source: "hashicorp/tls", version: "4.1.0" },
  { source: "bpg/proxmox", version: "0.111.1" },
];
const goSums = join(__dirname, "..", "..", "..", "tools", "bpg-proxmox", "go.sum");
const quiet = (): void => undefined;

beforeEach(() => (process.env["XDG_CACHE_HOME"] = temporaryFolderOf[next++] ?? ""));
afterAll(() => delete process.env["XDG_CACHE_HOME"]);
const temporaryFolderOf = [temporaryFolder(), temporaryFolder(), temporaryFolder()];
let next = 0;

test("where the registry answers, every provider is real and fetched once", async () => {
  const { engine, calls } = fakeEngine(
    "mkdir -p .terraform/providers/reg.test/hashicorp/tls/4.1.0 .terraform/providers/reg.test/bpg/proxmox/0.111.1",
  );
  const scratch = temporaryFolderOf[0] ?? "";
  const supply = await supplyProviders(engine, required, scratch, quiet);
  expect(supply.missing).toEqual([]);
  expect(supply.parts).toEqual([
    { name: "hashicorp/tls", kind: "real", version: "4.1.0" },
    { name: "bpg/proxmox", kind: "real", version: "0.111.1" },
  ]);
  const before = calls();
  await supplyProviders(engine, required, scratch, quiet);
  expect(calls() - before).toBe(0);
});

test("where it does not, bpg/proxmox is the one built from its Go module and the rest is missing", async () => {
  plantBuiltProvider();
  const said: string[] = [];
  const scratch = temporaryFolderOf[1] ?? "";
  const { engine } = fakeEngine("printf 'Error: Failed\\n\\nno such host\\n\\nTo see which\\n'; exit 1");
  const supply = await supplyProviders(engine, required, scratch, (line) => said.push(line));
  expect(supply.parts).toEqual([{ name: "bpg/proxmox", kind: "real", version: "0.111.1" }]);
  expect(supply.missing).toEqual([{ address: "reg.test/hashicorp/tls", version: "4.1.0" }]);
  expect(said).toEqual(["the registry of providers cannot be used here: no such host"]);
  const place = "mirror/reg.test/bpg/proxmox/0.111.1/linux_amd64/terraform-provider-proxmox_v0.111.1";
  expect(readFileSync(join(scratch, place), "utf8")).toBe("built");
});

test("during a rehearsal nothing is installed from anywhere but the mirror", async () => {
  plantBuiltProvider();
  const scratch = temporaryFolderOf[2] ?? "";
  const { cliConfigFile } = await supplyProviders(fakeEngine("exit 1").engine, required, scratch, quiet);
  const config = readFileSync(cliConfigFile, "utf8");
  expect(config).toContain(`filesystem_mirror { path = "${join(scratch, "mirror")}" }`);
  expect(config).not.toContain("direct");
});

/** fakeEngine names addresses as `providers` does, and runs a script for `init`. */
function fakeEngine(init: string): { engine: Engine; calls: () => number } {
  const folder = temporaryFolderOf[next - 1] ?? "";
  const count = join(folder, "inits");
  const tree = "├── provider[reg.test/hashicorp/tls] 4.1.0\n└── provider[reg.test/bpg/proxmox] 0.111.1";
  const file = fakeProgram(
    folder,
    "engine",
    `if [ "$1" = providers ]; then printf '%s\\n' '${tree}'; exit; fi\necho . >> ${count}\n${init}`,
  );
  return {
    engine: { name: "Terraform", version: "1.0.0", file, platform: "linux_amd64" },
    calls: () => (existsSync(count) ? readFileSync(count, "utf8").split("\n").length - 1 : 0),
  };
}

/** plantBuiltProvider puts a program where an earlier build would have left it. */
function plantBuiltProvider(): void {
  const sums = shortHash(readFileSync(goSums, "utf8"));
  const folder = join(process.env["XDG_CACHE_HOME"] ?? "", "slipway", `bpg-proxmox-0.111.1-${sums}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "bpg-proxmox"), "built");
}
