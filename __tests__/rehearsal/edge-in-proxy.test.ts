import { behindEdge } from "./clusters/behind-edge";
import { type EdgeStanding, standEdge } from "./stand/edge-standing";
import { buildingMilliseconds, rehearsing } from "./stand/standing";

const routes = { "a.test.com": { certificate: "test.com" } };

rehearsing("a certificate that lies in the proxy", () => {
  let standing: EdgeStanding;
  beforeEach(async () => {
    standing = await standEdge(behindEdge(routes));
    await standing.deploy();
    const forgotten = await standing.terraform(
      "state",
      "rm",
      "nginxproxymanager_certificate_custom.certificate-test_com",
    );
    expect(forgotten.code).toBe(0);
  }, buildingMilliseconds);
  afterEach(() => standing.close());

  test.each([1, "test.com (slipway home)"])(
    "is found as %j, and its hosts go on to show it",
    async (inProxy) => {
      await standing.write(behindEdge(routes, {}, [], { inProxy }));
      expect(await standing.planned()).toEqual({ "null_resource.certificate-test_com_checked": ["delete"] });
      await standing.deploy();
      expect(standing.edge.records().proxyHosts.map((host) => host.certificate_id)).toEqual([1]);
      expect(await standing.planned()).toEqual({});
    },
  );

  test.each([7, "of somebody else"])("refuses %j, which the proxy does not have", async (inProxy) => {
    await standing.write(behindEdge(routes, {}, [], { inProxy }));
    const { code, words } = await standing.plan();
    expect(words).toContain(
      `certificates["test.com"].inProxy: the proxy at http://192.168.0.100:81 has none`,
    );
    expect(code).not.toBe(0);
  });
});
