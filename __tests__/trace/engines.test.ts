import { requestsOf } from "../../cli/rehearsal/requests";
import { ClusterProblems } from "../../config/problem";
import { engineNames } from "../../config/capabilities";
import { follow, followFromEdge } from "../../trace/follow";
import { printRef, refOf } from "../../trace/objects";
import type { End } from "../../trace/trace";
import { clusterOf, objectsOf } from "./cluster-objects";
import { recordsOf, withoutRow } from "./edge-records";

const examples = ["hello", "two-sites", "canary", "external-api"].map((name) => `examples/${name}.ts`);

/** Examples that ask for what an engine lacks; the rules say so, and __tests__/config/engines.test.ts holds them to it. */
const beyond: Readonly<Record<string, readonly string[]>> = {
  "examples/canary.ts": ["gateway-api/traefik", "gateway-api/istio", "ingress-nginx"],
};

const cases = examples.flatMap((file) =>
  engineNames.filter((engine) => !beyond[file]?.includes(engine)).map((engine) => ({ file, engine })),
);

describe.each(cases)("$file on $engine", ({ file, engine }) => {
  const cluster = clusterOf(file, engine);
  const objects = objectsOf(cluster);

  it("answers every request of the file by the objects alone", () => {
    const requests = requestsOf(cluster);
    expect(requests.length).toBeGreaterThan(0);
    for (const { url, method, headers, answer } of requests) {
      const way = follow(objects, { url: new URL(url), method, headers });
      expect({ url, ...shapeOf(way.end) }).toEqual({ url, ...answer });
    }
  });

  it("answers no request without any one of the objects on its way", () => {
    const [request] = requestsOf(cluster);
    if (request === undefined) throw new Error("no request");
    const asked = { ...request, url: new URL(request.url) };
    const { hops } = follow(objects, asked);
    expect(hops.length).toBeGreaterThanOrEqual(6);
    for (const { object } of hops) {
      const rest = objects.filter((each) => printRef(refOf(each)) !== printRef(object));
      expect({ without: printRef(object), end: shapeOf(follow(rest, asked).end) }).not.toMatchObject({
        end: request.answer,
      });
    }
  });
});

describe.each(cases)("$file on $engine, from an edge that ends TLS", ({ file, engine }) => {
  const cluster = clusterOf(file, engine);
  const objects = objectsOf(cluster);
  const edge = recordsOf(cluster);
  const requests = requestsOf(cluster).map(({ url, ...request }) => {
    return { ...request, url: new URL(url.replace(/^http:/, "https:")) };
  });

  it("answers every request of the file by the edge's rows and the objects alone", () => {
    expect(requests.length).toBeGreaterThan(0);
    for (const request of requests) {
      const { hops, end } = followFromEdge(edge, objects, request);
      expect(hops.slice(0, 2).map(({ at }) => at)).toEqual(["edge certificate", "edge"]);
      expect({ url: request.url.href, ...shapeOf(end) }).toEqual({
        url: request.url.href,
        ...request.answer,
      });
    }
  });

  it("answers no request without any one of the rows and objects on its way", () => {
    const [request] = requests;
    if (request === undefined) throw new Error("no request");
    const { hops } = followFromEdge(edge, objects, request);
    expect(hops.length).toBeGreaterThanOrEqual(8);
    for (const { object } of hops) {
      const rest = objects.filter((each) => printRef(refOf(each)) !== printRef(object));
      const { end } = followFromEdge(withoutRow(edge, object), rest, request);
      expect({ without: printRef(object), end: shapeOf(end) }).not.toEqual({
        without: printRef(object),
        end: request.answer,
      });
    }
  });
});

describe.each(Object.entries(beyond))("%s", (file, names) => {
  it.each(names)("is refused on %s, which cannot do all of it", (engine) => {
    expect(() => clusterOf(file, engine)).toThrow(ClusterProblems);
  });
});

/** shapeOf an end as a request of the file expects it. */
function shapeOf(end: End): object {
  if (end.kind === "redirected") return { kind: "redirect", status: end.status };
  if (end.kind === "left") return { kind: "outside", host: end.host };
  if (end.kind === "lost") return { kind: "nobody" };
  return {
    kind: "services",
    shares: Object.fromEntries(end.by.map(({ service, percent }) => [service, percent])),
  };
}
