import { changedAndAwaited, plannedActions, slowToRestart } from "./stand/restarting";
import { buildingMilliseconds, clusterFile, rehearsing, stand } from "./stand/standing";
import type { Standing } from "./stand/standing";

const larger = clusterFile("three-servers-larger");

rehearsing("servers that restart", () => {
  let standing: Standing;
  beforeAll(async () => {
    standing = await stand(clusterFile("three-servers"), { site: slowToRestart });
    await standing.deploy();
    await standing.program.synth(larger);
  }, buildingMilliseconds);
  afterAll(() => standing.close());

  test("are changed in place, and each one's gate is to be passed again", async () => {
    const machines = ["server-1", "server-2", "server-3"];
    expect(await plannedActions(standing)).toEqual(changedAndAwaited(machines));
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
