import type { Change } from "../../lab/rehearse/plan";
import { buildingMilliseconds, clusterFile, rehearsing, stand, type Standing } from "./stand/standing";

const anotherImage: unknown = expect.stringContaining("/debian-13-genericcloud-");

rehearsing("a template whose image changes", () => {
  let standing: Standing;
  beforeAll(async () => {
    standing = await stand(clusterFile("two-workers"));
    await standing.deploy();
  }, buildingMilliseconds);
  afterAll(() => standing.close());

  test("is made again from another cloud image, for new nodes only", async () => {
    const nodes = nodesOf(standing);
    await standing.program.synth(clusterFile("another-image"));
    expect(machinesIn(await standing.program.plan("machines"))).toEqual({
      "template-pve1": "delete,create",
      "template-pve2": "delete,create",
      "worker-3": "create",
    });
    await standing.program.applyPlanned("small-machines");
    expect(imagesOf(standing)).toEqual([anotherImage, anotherImage]);
    expect(nodesOf(standing)).toMatchObject(nodes);
    expect(standing.lab.readyNodes(["192.168.0.21"])).toContain("worker-3");
    expect(await standing.program.plan("machines")).toEqual([]);
  }, 300_000);

  test("is made again when an installer takes the place of the cloud image", async () => {
    const nodes = nodesOf(standing);
    await standing.program.synth(clusterFile("from-iso"));
    expect(machinesIn(await standing.program.plan("machines"))).toEqual({
      "template-pve1": "delete,create",
      "template-pve1_installer": "create",
      "template-pve2": "delete,create",
      "template-pve2_installer": "create",
    });
    await standing.program.applyPlanned("small-machines");
    expect(nodesOf(standing)).toEqual(nodes);
    expect(await standing.program.plan("machines")).toEqual([]);
  }, 300_000);

  test("is installed again from another ISO", async () => {
    const nodes = nodesOf(standing);
    const before = disksOfTemplates(standing);
    await standing.program.synth(clusterFile("from-another-iso"));
    expect(machinesIn(await standing.program.plan("machines"))).toEqual({
      "template-pve1": "delete,create",
      "template-pve1_installer": "delete,create",
      "template-pve2": "delete,create",
      "template-pve2_installer": "delete,create",
    });
    await standing.program.applyPlanned("small-machines");
    for (const disk of disksOfTemplates(standing)) expect(before).not.toContainEqual(disk);
    expect(nodesOf(standing)).toEqual(nodes);
    expect(await standing.program.plan("machines")).toEqual([]);
  }, 300_000);
});

/** machinesIn a plan by address, without the hash of what is inside a construct. */
function machinesIn(changes: readonly Change[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    changes
      .filter(({ type }) => type === "proxmox_virtual_environment_vm")
      .map(({ address, actions }) => [
        address.replace(/^.*\./, "").replace(/_[0-9A-F]{8}$/, ""),
        actions.join(),
      ]),
  );
}

/** nodesOf the cluster as they stand on their hosts. */
function nodesOf({ lab: { proxmox } }: Standing): Readonly<Record<string, unknown>> {
  const nodes = proxmox.state.vms().filter(({ config }) => /server|worker/.test(config["tags"] ?? ""));
  return Object.fromEntries(nodes.map((vm) => [vm.name, vm]));
}

function disksOfTemplates({ lab: { proxmox } }: Standing) {
  return proxmox.state
    .vms()
    .filter(({ template }) => template)
    .map(({ id }) => proxmox.state.volumes().find(({ owner }) => owner === id)?.disk);
}

/** imagesOf the templates, by what they were downloaded from. */
function imagesOf(standing: Standing): (string | undefined)[] {
  return disksOfTemplates(standing).map((disk) => (disk?.kind === "image" ? disk.url : undefined));
}
