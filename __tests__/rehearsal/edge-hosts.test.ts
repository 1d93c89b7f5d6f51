import { resolve } from "../../config/resolve";
import { type Block, type SynthesizedStack, synthesize } from "../stacks/synthesized";
import { behindEdge } from "./clusters/behind-edge";
import { type EdgeStanding, standEdge } from "./stand/edge-standing";
import { buildingMilliseconds, rehearsing } from "./stand/standing";

const bad = { rawNginx: "proxy_buffering maybe;" };
const nginxSays = 'invalid value "maybe" in "proxy_buffering" directive, it must be "on" or "off"';
const six = ["a", "b", "c", "d", "e", "f"].map((label) => `${label}.test.com`);

/** secondRoute on a host that has one. */
const secondRoute = { host: "d.test.com", paths: { "/new": "hello" }, edge: {} };

test("a route more with an edge is that route's objects and one proxy host, in all stacks together", () => {
  const before = synthesize(resolve([behindEdge({ "a.test.com": {} })]).model);
  const after = synthesize(resolve([behindEdge({ "a.test.com": {}, "b.test.com": {} })]).model);
  const known = new Map(before.flatMap(blocksOf));
  const changed = after
    .flatMap(blocksOf)
    .filter(([address, block]) => JSON.stringify(block) !== JSON.stringify(known.get(address)))
    .map(([address]) => address.replace(/_[0-9A-F]{8}$/, ""));
  expect(changed).toEqual([
    "home-edge nginxproxymanager_proxy_host.b-test-com",
    "home-edge data.nginxproxymanager_proxy_host.b-test-com_online",
    "home-network kubernetes_manifest.route-b-test-com_ingressroute",
  ]);
});

rehearsing("the proxy in front", () => {
  let standing: EdgeStanding | undefined;
  const at = async (cluster: object, options: Parameters<typeof standEdge>[1] = {}): Promise<EdgeStanding> =>
    (standing = await standEdge(cluster, options));
  afterEach(async () => {
    const defects = standing?.edge.defects ?? [];
    await standing?.close();
    standing = undefined;
    expect(defects).toEqual([]);
  });

  test(
    "says nginx's own words about a new host that it does not serve, and serves every other; a fix converges",
    async () => {
      const hosts = Object.fromEntries(six.map((host) => [host, {}]));
      const { edge, ...run } = await at(behindEdge({ ...hosts, "c.test.com": bad }));
      const deployed = await run.apply();
      expect(deployed.code).toBe(1);
      expect(deployed.words).toContain("c.test.com is not served by the proxy at http://192.168.0.100:81: ");
      expect(deployed.words).toContain(nginxSays);
      expect(deployed.words).toContain("Fix: mend rawNginx of its route in cluster.ts, then deploy again");
      expect(served(edge)).toEqual(six.filter((host) => host !== "c.test.com"));
      expect((await run.apply()).words).toContain(nginxSays);

      await run.write(behindEdge(hosts));
      expect(await run.planned()).toEqual({ "nginxproxymanager_proxy_host.c-test-com": ["update"] });
      await run.deploy();
      expect(served(edge)).toEqual(six);
      expect(await run.planned()).toEqual({});
    },
    buildingMilliseconds,
  );

  test("says so too of a host that it served until it was changed; a fix converges", async () => {
    const { edge, ...run } = await at(behindEdge({ "a.test.com": {}, "b.test.com": {} }));
    await run.deploy();
    await run.write(behindEdge({ "a.test.com": bad, "b.test.com": { websocket: false } }));
    const deployed = await run.apply();
    expect(deployed).toEqual({ code: 1, words: expect.stringContaining(nginxSays) });
    expect(deployed.words).toContain("a.test.com is not served by the proxy");
    expect(deployed.words).not.toContain("b.test.com is not served");
    expect(served(edge)).toEqual(["b.test.com"]);

    await run.write(behindEdge({ "a.test.com": {}, "b.test.com": { websocket: false } }));
    expect(await run.planned()).toEqual({ "nginxproxymanager_proxy_host.a-test-com": ["update"] });
    await run.deploy();
    expect(served(edge)).toEqual(["a.test.com", "b.test.com"]);
    expect(await run.planned()).toEqual({});
  });

  test("refuses to plan a host that somebody else has there, with its number; adopt imports it", async () => {
    const { edge, ...run } = await at(behindEdge({ "a.test.com": {}, "b.test.com": {} }));
    const id = await edge.hand.addForeignHost(["B.test.com", "other.test.com"]);
    for (const refused of [await run.plan(), await run.apply()]) {
      expect(refused.code).toBe(1);
      expect(refused.words).toContain(
        `In the proxy at http://192.168.0.100:81 b.test.com other.test.com is proxy host ${id}, and not of this cluster.`,
      );
      expect(refused.words).toContain("adopt: <its number> beside its hosts in cluster.ts");
      expect(refused.words).not.toContain("a.test.com is");
    }
    expect(edge.records()).toMatchObject({ certificates: [], proxyHosts: [{ id }] });

    await run.write(behindEdge({ "a.test.com": {}, "b.test.com": { adopt: id } }));
    expect((await run.plan()).words).toContain("Plan: 1 to import, 1 to add, 1 to change, 0 to destroy.");
    await run.deploy();
    expect(edge.records().proxyHosts).toHaveLength(2);
    expect(edge.records().proxyHosts).toContainEqual(
      expect.objectContaining({ id, domain_names: ["b.test.com"], forward_host: "192.168.0.240" }),
    );
    expect(await run.planned()).toEqual({});
  });

  test.each(["proxy_hosts", "redirection_hosts", "dead_hosts", "streams", "certificates"] as const)(
    "refuses to plan without the permission for %s, and makes nothing anew",
    async (section) => {
      const { edge, ...run } = await at(
        behindEdge(
          { "a.test.com": { certificate: "test.com" } },
          { streams: { tls: { port: 8443, to: { ingress: 443 } } } },
        ),
      );
      await run.deploy();
      const before = edge.records();
      edge.hand.withdraw(section);
      for (const refused of [await run.plan(), await run.apply()]) {
        expect(refused.words).toContain(
          `may not manage all that a deploy looks after, not ${section}; the proxy would call it not found`,
        );
        expect(refused.code).toBe(1);
      }
      expect(edge.records()).toEqual(before);
    },
  );

  test("refuses to plan a default site with a login that is no administrator's", async () => {
    const { write, plan } = await at(behindEdge({ "a.test.com": {} }));
    await write(behindEdge({ "a.test.com": {} }, { defaultSite: "444" }));
    expect(await plan()).toEqual({
      code: 1,
      words: expect.stringContaining("edge.defaultSite: in the proxy at http://192.168.0.100:81 only an"),
    });
  });

  test("refuses a proxy that is too old for its API, and warns of one that it was not tried with", async () => {
    const { plan, close } = await standEdge(behindEdge({ "a.test.com": {} }), {
      version: { major: 2, minor: 12, revision: 6 },
    });
    const old = await plan();
    await close();
    expect(old).toEqual({
      code: 1,
      words: expect.stringContaining(
        "edge.nginxProxyManager: the proxy at http://192.168.0.100:81 is version 2.12.6. Fix: upgrade it to 2.15",
      ),
    });

    const { apply } = await at(behindEdge({ "a.test.com": {} }), {
      version: { major: 2, minor: 14, revision: 0 },
    });
    const deployed = await apply();
    expect(deployed.code).toBe(0);
    expect(deployed.words).toContain("Warning: Check block assertion failed");
    expect(deployed.words).toContain("is version 2.14.0; Slipway was tried with 2.15.");
  });

  test("gets one host for a route more, loses it with the route, and is not touched by a route on a host that it has", async () => {
    const { edge, ...run } = await at(behindEdge({ "b.test.com": {}, "d.test.com": {} }));
    await run.deploy();
    // In the middle: the host after it waits for another one now, which is no change of it.
    await run.write(behindEdge({ "b.test.com": {}, "c.test.com": {}, "d.test.com": {} }));
    expect(await run.planned()).toEqual({ "nginxproxymanager_proxy_host.c-test-com": ["create"] });
    await run.deploy();
    await run.write(behindEdge({ "b.test.com": {}, "d.test.com": {} }));
    expect(await run.planned()).toEqual({ "nginxproxymanager_proxy_host.c-test-com": ["delete"] });
    await run.deploy();
    expect(served(edge)).toEqual(["b.test.com", "d.test.com"]);
    await run.write(behindEdge({ "b.test.com": {}, "d.test.com": {} }, {}, [secondRoute]));
    expect(await run.planned()).toEqual({});
  });
});

function blocksOf({ name, blocks }: SynthesizedStack): [string, Block][] {
  return [...blocks].map(([address, block]) => [`${name} ${address}`, block]);
}

function served(edge: EdgeStanding["edge"]): string[] {
  return edge
    .sites()
    .flatMap(({ domainNames }) => domainNames)
    .sort();
}
