import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Command, type Finished, run } from "../../lab/engine/run";
import { buildingMilliseconds, clusterFile, project, rehearsing, stand } from "./stand/standing";
import type { Standing } from "./stand/standing";
import { atTerminal } from "./stand/terminal";

rehearsing("slipway deploy", () => {
  let standing: Standing;
  beforeAll(async () => {
    standing = await stand(clusterFile("two-workers"));
  }, buildingMilliseconds);
  afterAll(() => standing.close());

  test("plans what can be planned, and says what has to wait for what", async () => {
    const planned = await slipway("plan");
    expect(planned.code).toBe(0);
    expect(planned.stdout).toMatch(/^Safe: the cluster's key set is made \(1 stack changes, 3 more wait\)\n/);
    expect(planned.stdout).toContain("small-machines can be planned when small-identity is deployed.");
    expect(planned.stdout).toContain("small-platform can be planned when small-machines is deployed.");
    expect(planFiles()).toEqual([]);
  });

  test("refuses to deploy when nobody can be asked and nobody agreed beforehand", async () => {
    const refused = await slipway("deploy");
    expect(refused.code).toBe(1);
    expect(refused.output).toContain("There is nobody to ask. To agree beforehand: --yes");
    expect(states()).toEqual([]);
    expect(planFiles()).toEqual([]);
  });

  test.each([
    ["no", "no\n"],
    ["something else than yes", "y\n"],
    ["Ctrl-C", "\u0003"],
    ["Ctrl-D", "\u0004"],
  ])("changes nothing when the question is answered by %s, and leaves no plan file", async (_, typed) => {
    const answered = await atTerminal(called("deploy"), "Only yes is yes: ", typed);
    expect(answered.output).toContain("Nothing was changed.");
    expect(answered.code).toBe(1);
    expect(states()).toEqual([]);
    expect(planFiles()).toEqual([]);
  });

  test(
    "takes a new cluster batch by batch to an empty plan, and leaves no plan file",
    async () => {
      const deployed = await slipway("deploy", "--yes");
      expect(deployed.code).toBe(0);
      expect(deployed.stdout).toContain("worker-2 is made on");
      expect(deployed.stdout.trimEnd()).toMatch(/Everything is as the file says\.$/);
      const again = await slipway("plan");
      expect(again.code).toBe(0);
      expect(again.stdout).toMatch(/^Nothing changes\n/);
      expect(planFiles()).toEqual([]);
    },
    buildingMilliseconds,
  );

  test(
    "refuses with status 2, and asks nobody, where a guard does; nothing is changed",
    async () => {
      const before = states().map(contentOf);
      const swapped = ["--cluster", clusterFile("workers-swapped")];
      const planned = await slipway("plan", ...swapped);
      expect(planned.code).toBe(2);
      expect(planned.stdout).toMatch(
        /^Do not approve: worker-1's disk and worker-2's disk would be destroyed\n/,
      );
      expect((await slipway("deploy", "--yes", ...swapped)).code).toBe(2);
      expect(states().map(contentOf)).toEqual(before);
      const allowed = await slipway("plan", "--allow", "disks=nothing is kept there", ...swapped);
      expect(allowed.code).toBe(0);
      expect(allowed.stdout).toContain("disks (accepted: nothing is kept there)");
    },
    buildingMilliseconds,
  );

  test.each(["plan", "deploy"])(
    "refuses to %s where the state of the keys is lost and machines stand",
    async (command) => {
      const keys = join(standing.scratch, "terraform.small-identity.tfstate");
      const before = states();
      renameSync(keys, `${keys}.elsewhere`);
      try {
        const refused = await slipway(command, ...(command === "deploy" ? ["--yes"] : []));
        expect(refused.code).toBe(1);
        expect(refused.output).toContain(
          "small-identity has no state, and small-machines, which stands on it, has one.",
        );
        expect(planFiles()).toEqual([]);
        expect(states()).toEqual(before.filter((file) => file !== "terraform.small-identity.tfstate"));
      } finally {
        renameSync(`${keys}.elsewhere`, keys);
      }
    },
  );

  test("says which stack the file no longer has, what it still holds, and what removes it", async () => {
    const host = { type: "nginxproxymanager_proxy_host", name: "main-test-com", domain: "main.test.com" };
    writeFileSync(join(standing.scratch, "terraform.small-edge.tfstate"), stateOf(host));
    const planned = await slipway("plan");
    expect(planned.code).toBe(0);
    expect(planned.stdout).toMatch(/^Look closely: small-edge is left behind\n/);
    expect(planned.stdout).toContain("still answers, though no file has it: main.test.com");
    expect(planned.stdout).toContain("run npx cdktf destroy small-edge, and take it out again.");
  });

  function called(...args: string[]): Command {
    return {
      file: join(project, "slipway"),
      args: [...args, ...(args.includes("--cluster") ? [] : ["--cluster", standing.file])],
      cwd: project,
      environment: {
        ...standing.environment,
        CDKTF_OUTDIR: join(standing.scratch, "cdktf.out"),
        TERRAFORM_BINARY_NAME: standing.engine.file,
      },
      seconds: 600,
    };
  }

  function slipway(...args: string[]): Promise<Finished> {
    return run(called(...args));
  }

  function planFiles(): string[] {
    return readdirSync(join(standing.scratch, "cdktf.out", "stacks")).filter((stack) =>
      existsSync(join(standing.scratch, "cdktf.out", "stacks", stack, "slipway.tfplan")),
    );
  }

  function states(): string[] {
    return readdirSync(standing.scratch).filter((file) => file.endsWith(".tfstate"));
  }

  function contentOf(file: string): string {
    return readFileSync(join(standing.scratch, file), "utf8");
  }
});

/** stateOf a stack that a deploy left with one host in the proxy. */
function stateOf({ type, name, domain }: { type: string; name: string; domain: string }): string {
  return JSON.stringify({
    version: 4,
    terraform_version: "1.11.4",
    serial: 1,
    lineage: "6f1c3a52-0000-4000-8000-000000000000",
    outputs: {},
    resources: [
      {
        mode: "managed",
        type,
        name,
        provider: 'provider["registry.terraform.io/sander0542/nginxproxymanager"]',
        instances: [{ schema_version: 0, attributes: { id: 1, domain_names: [domain] } }],
      },
    ],
    check_results: null,
  });
}
