import { changedAndAwaited, plannedActions, slowToRestart } from "./stand/restarting";
import { buildingMilliseconds, clusterFile, rehearsing, stand } from "./stand/standing";
import type { Standing } from "./stand/standing";

const larger = clusterFile("two-load-balancers-larger");

rehearsing("load balancers that restart", () => {
  let standing: Standing;
  beforeAll(async () => {
    standing = await stand(clusterFile("two-load-balancers"), { site: slowToRestart });
    await standing.deploy();
    await standing.program.synth(larger);
  }, buildingMilliseconds);
  afterAll(() => standing.close());

  test("are changed in place, and each one's gate is to be passed again", async () => {
    const machines = ["load-balancer-1", "load-balancer-2"];
    expect(await plannedActions(standing)).toEqual(changedAndAwaited(machines));
  });

  test("restart one after the other: one of them holds the API's address all the time", async () => {
    expect(standing.lab.holders(["192.168.0.18", "192.168.0.19"])).toHaveLength(1);
    expect(standing.lab.lapses()).toEqual([]);
    await standing.program.deploySynthesized(larger, () => undefined);
    expect(standing.lab.lapses()).toEqual([]);
    expect(standing.lab.complaints()).toEqual([]);
  });

  test("leave nothing to do", async () => {
    expect(await standing.program.plan()).toEqual([]);
  });
});
