import { behindEdge } from "./clusters/behind-edge";
import { type EdgeStanding, standEdge } from "./stand/edge-standing";
import { buildingMilliseconds, rehearsing } from "./stand/standing";

const name = "nginxproxymanager_dead_host.not-found-gone-test-com";
const settings = "null_resource.not-found-gone-test-com_settings";

const names = (hosts: readonly string[]): object =>
  behindEdge(
    { "a.test.com": { certificate: "test.com" } },
    { notFound: { "gone.test.com": { hosts, certificate: "test.com" } } },
  );

rehearsing("names that the proxy in front answers 404", () => {
  let standing: EdgeStanding;
  beforeEach(async () => {
    standing = await standEdge(names(["gone.test.com"]));
    await standing.deploy();
  }, buildingMilliseconds);
  afterEach(async () => {
    const { defects } = standing.edge;
    await standing.close();
    expect(defects).toEqual([]);
  });

  test("are made anew when they change: the proxy would go on with what they were", async () => {
    const { edge, write, planned, deploy } = standing;
    await write(names(["gone.test.com", "old.test.com"]));
    expect(await planned()).toEqual({ [name]: ["delete", "create"], [settings]: ["delete", "create"] });
    await deploy();
    expect(notFoundBy(edge)).toEqual([["gone.test.com", "old.test.com"]]);
    expect(await planned()).toEqual({});
  });

  test("are made anew with a new certificate, and are away while one is refused", async () => {
    const { edge, authority, give, apply, deploy, planned } = standing;
    const wrong = await authority.issue(["test.org"]);
    give(wrong);
    expect(await apply()).toEqual({ code: 1, words: expect.stringContaining("is not for test.com") });
    expect(edge.sites()).toMatchObject([{ domainNames: ["a.test.com"] }]);
    give(await authority.issue(["test.com", "*.test.com"]));
    await deploy();
    expect(notFoundBy(edge)).toEqual([["gone.test.com"]]);
    expect(edge.records().deadHosts).toMatchObject([{ certificate_id: 2 }]);
    expect(await planned()).toEqual({});
  });

  test("are refused where somebody else has one of them, to be deleted there: they cannot be adopted", async () => {
    const { edge, write, plan } = standing;
    const id = await edge.hand.addForeignHost(["old.test.com"]);
    await write(names(["gone.test.com", "old.test.com"]));
    const { code, words } = await plan();
    expect(words).toContain(
      `old.test.com is proxy host ${id}, and not of this cluster. Fix: delete it there.`,
    );
    expect(words).not.toContain("adopt:");
    expect(code).toBe(1);
  });
});

function notFoundBy(edge: EdgeStanding["edge"]) {
  return edge.sites().flatMap(({ kind, domainNames }) => (kind === "dead" ? [domainNames] : []));
}
