import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Finished, run } from "../../lab/engine/run";
import { buildingMilliseconds, clusterFile, project, rehearsing, stand } from "./stand/standing";
import type { Standing } from "./stand/standing";

rehearsing("slipway deploy", () => {
  let standing: Standing;
  beforeAll(async () => {
    standing = await stand(clusterFile("two-workers"));
  }, buildingMilliseconds);
  afterAll(() => standing.close());

  test("plans what can be planned, and says what has to wait for what", async () => {
    const planned = await slipway("plan");
    expect(planned.code).toBe(0);
    expect(planned.stdout).toContain("small-machines can be planned when small-identity is deployed.");
    expect(planned.stdout).toContain("Safe: nothing that runs is stopped");
  });

  test("refuses to deploy when nobody can be asked and nobody agreed beforehand", async () => {
    const refused = await slipway("deploy");
    expect(refused.code).toBe(1);
    expect(refused.output).toContain("There is nobody to ask. To agree beforehand: --yes");
    expect(existsSync(join(standing.scratch, "terraform.small-identity.tfstate"))).toBe(false);
  });

  test("takes a new cluster batch by batch to an empty plan, and leaves no plan file", async () => {
    const deployed = await slipway("deploy", "--yes");
    expect(deployed.code).toBe(0);
    expect(deployed.stdout).toContain("worker-2 is made on");
    expect(deployed.stdout.trimEnd()).toMatch(/Everything is as the file says\.$/);
    expect((await slipway("plan")).stdout).toMatch(/^Nothing changes\n/);
    const folder = join(standing.scratch, "cdktf.out", "stacks", "small-machines");
    expect(existsSync(join(folder, "slipway.tfplan"))).toBe(false);
  });

  function slipway(...args: string[]): Promise<Finished> {
    return run({
      file: join(project, "slipway"),
      args: [...args, "--cluster", standing.file],
      cwd: project,
      environment: {
        ...standing.environment,
        CDKTF_OUTDIR: join(standing.scratch, "cdktf.out"),
        TERRAFORM_BINARY_NAME: standing.engine.file,
      },
      seconds: 600,
    });
  }
});
