import { goBuild } from "../../../lab/engine/go-build";
import { fakeProgram, temporaryFolder } from "./fake-program";

const folder = temporaryFolder();
const path = process.env["PATH"];
const tool = {
  name: "bpg-proxmox",
  package: "github.com/bpg/terraform-provider-proxmox",
  module: "github.com/bpg/terraform-provider-proxmox",
};

beforeAll(() => {
  process.env["XDG_CACHE_HOME"] = folder;
  process.env["PATH"] = `${folder}:/usr/bin:/bin`;
});
afterAll(() => {
  delete process.env["XDG_CACHE_HOME"];
  process.env["PATH"] = path;
});

test("refuses to build with a Go that is too old, naming both versions and what to do", async () => {
  fakeProgram(folder, "go", 'if [ "$1" = env ]; then echo go1.22.3; fi');
  await expect(goBuild(tool, () => undefined)).rejects.toThrow(
    /Go 1\.26 or newer; found: go1\.22\.3\.\nInstall Go/,
  );
});

test("refuses with the compiler's own words when the build fails", async () => {
  fakeProgram(
    folder,
    "go",
    'if [ "$1" = env ]; then echo go1.26.8; else echo "dial tcp: no such host" >&2; exit 1; fi',
  );
  await expect(goBuild(tool, () => undefined)).rejects.toThrow("dial tcp: no such host");
});

test("builds with the pinned module, in a copy, and says how long it may take", async () => {
  const said: string[] = [];
  fakeProgram(
    folder,
    "go",
    'if [ "$1" = env ]; then echo go1.26.8; else echo "in $(basename "$PWD" | cut -c1-14) $2"; cp go.mod "$5"; fi',
  );
  const built = await goBuild(tool, (line) => said.push(line));
  expect(built.version).toBe("0.111.1");
  expect(said).toEqual([
    "building bpg-proxmox from its Go module, once; this takes some minutes",
    "in slipway-build- -mod=mod",
  ]);
});
