import { clusterOf, objectsOf } from "./cluster-objects";
import { wayFromEdge } from "./edge-records";

const toIngress = { forward_scheme: "http", forward_host: "192.168.0.240", forward_port: 80 };
const certificates = [{ id: 7, name: "7" }];

describe("what the ingress sees", () => {
  const sites = clusterOf("examples/two-sites.ts");
  const site = { name: "a", domain_names: ["a.com"], certificate_id: 7, ...toIngress };
  const ask = (engine: string, from: string, trusting = sites) =>
    wayFromEdge(
      { address: from, proxyHosts: [site], certificates },
      objectsOf({ ...clusterOf("examples/two-sites.ts", engine), ...trustsOf(trusting, engine) }),
      "https://a.com/b",
    ).end;

  function trustsOf(cluster: typeof sites, engine: string) {
    const { ingress } = clusterOf("examples/two-sites.ts", engine);
    return ingress === undefined ? {} : { ingress: { ...ingress, trusts: cluster.ingress?.trusts ?? [] } };
  }

  const [address] = clusterOf("examples/two-sites.ts").network.dns;
  if (address === undefined || sites.ingress === undefined) throw new Error("the example has neither");
  const trusting = { ...sites, ingress: { ...sites.ingress, trusts: [address] } };

  it.each(["traefik", "istio", "ingress-nginx", "gateway-api/traefik"])(
    "%s that knows no edge sends its visitors round in a circle",
    (engine) => {
      expect(ask(engine, address)).toEqual({
        kind: "lost",
        why: "it is redirected to https://a.com/b, which is what it asked for: a loop",
      });
    },
  );

  it.each(["istio", "ingress-nginx"])(
    "%s that trusts the edge answers what came to it by HTTPS",
    (engine) => {
      expect(ask(engine, address, trusting)).toMatchObject({ kind: "answered", by: [{ service: "b" }] });
    },
  );

  it("Traefik's redirect lets pass what a trusted edge had by HTTPS, and nothing is behind it", () => {
    expect(ask("traefik", address, trusting)).toMatchObject({
      kind: "lost",
      why: expect.stringContaining("nothing is behind"),
    });
    expect(ask("traefik", "10.0.0.1", trusting)).toMatchObject({ why: expect.stringContaining("a loop") });
  });
});
