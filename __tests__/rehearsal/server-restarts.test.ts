import type { LabSite } from "../../lab/site";
import { buildingMilliseconds, clusterFile, rehearsing, stand } from "./stand/standing";
import type { Standing } from "./stand/standing";

const larger = clusterFile("three-servers-larger");

/** slowToRestart: the API calls a server Ready for a while yet when it is powered on again and runs nothing so far. */
const slowToRestart = (site: LabSite): LabSite => ({ ...site, restartMilliseconds: 5_000 });

rehearsing("servers that restart", () => {
  let standing: Standing;
  beforeAll(async () => {
    standing = await stand(clusterFile("three-servers"), { site: slowToRestart });
    await standing.deploy();
    await standing.program.synth(larger);
  }, buildingMilliseconds);
  afterAll(() => standing.close());

  test("are changed in place, and each one's gate is to be passed again", async () => {
    const changes = (await standing.program.plan()).map(({ address, actions }) => [
      address.replace(/_[0-9A-F]{8}$/, ""),
      actions,
    ]);
    const servers = ["server-1", "server-2", "server-3"];
    expect(Object.fromEntries(changes)).toEqual({
      ...Object.fromEntries(servers.map((name) => [`proxmox_virtual_environment_vm.${name}`, ["update"]])),
      ...Object.fromEntries(servers.map((name) => [`null_resource.${name}_ready`, ["delete", "create"]])),
    });
  });

  test("restart one after another: none goes down before the one before it runs again", async () => {
    expect(standing.lab.outages(["192.168.0.21"])).toEqual([]);
    await standing.program.deploySynthesized(larger, () => undefined);
    expect(standing.lab.outages(["192.168.0.21"])).toEqual([["server-1"], ["server-2"], ["server-3"]]);
    expect(standing.lab.complaints()).toEqual([]);
  });

  test("leave nothing to do", async () => {
    expect(await standing.program.plan()).toEqual([]);
  });
});
