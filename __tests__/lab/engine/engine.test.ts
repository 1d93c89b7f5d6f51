import { findEngine } from "../../../lab/engine/engine";
import { fakeProgram, temporaryFolder } from "./fake-program";

const both = temporaryFolder();
const terraform = fakeProgram(both, "terraform", "echo 'Terraform v1.11.4\non linux_amd64'");
const tofu = fakeProgram(both, "tofu", "echo 'OpenTofu v1.12.6\non linux_arm64'");
const tofuOnly = temporaryFolder();
fakeProgram(tofuOnly, "tofu", "echo 'OpenTofu v1.12.6\non linux_amd64'");
const quiet = (): void => undefined;

test("terraform from PATH comes before tofu", async () => {
  const found = await findEngine({ PATH: both }, quiet);
  expect(found).toEqual({ name: "Terraform", version: "1.11.4", file: terraform, platform: "linux_amd64" });
});

test("tofu from PATH is taken where there is no terraform", async () => {
  expect(await findEngine({ PATH: tofuOnly }, quiet)).toMatchObject({ name: "OpenTofu", version: "1.12.6" });
});

test("SLIPWAY_ENGINE chooses by name or by path", async () => {
  expect(await findEngine({ PATH: both, SLIPWAY_ENGINE: "tofu" }, quiet)).toMatchObject({ file: tofu });
  expect(await findEngine({ PATH: "", SLIPWAY_ENGINE: tofu }, quiet)).toMatchObject({
    platform: "linux_arm64",
  });
});

test("refuses SLIPWAY_ENGINE=terraform where PATH has none", async () => {
  await expect(findEngine({ PATH: tofuOnly, SLIPWAY_ENGINE: "terraform" }, quiet)).rejects.toThrow(
    "PATH has none",
  );
});

test("refuses a SLIPWAY_ENGINE that is no file", async () => {
  await expect(findEngine({ PATH: both, SLIPWAY_ENGINE: "pulumi" }, quiet)).rejects.toThrow(
    'SLIPWAY_ENGINE is "pulumi": it is terraform, tofu or the path of one of them.',
  );
});

test("refuses a program that is neither Terraform nor OpenTofu, with its answer", async () => {
  const other = fakeProgram(both, "other", "echo 'Packer v1.9'");
  await expect(findEngine({ SLIPWAY_ENGINE: other }, quiet)).rejects.toThrow("Packer v1.9");
});
