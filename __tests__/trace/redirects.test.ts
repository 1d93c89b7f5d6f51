import { follow } from "../../trace/follow";
import { clusterOf, objectsOf } from "./cluster-objects";
import { recordsOf, wayFromEdge } from "./edge-records";

const engines = ["traefik", "gateway-api/traefik", "gateway-api/istio", "istio"];
const moved = "__tests__/clusters/moved.ts";

describe.each(engines)("%s", (engine) => {
  const cluster = clusterOf(moved, engine);
  const objects = objectsOf(cluster);
  const ask = (url: string) => follow(objects, { url: new URL(url), method: "GET", headers: {} }).end;

  it("sends a visitor to the whole URL that a browser would ask for next", () => {
    expect(ask("http://main.test.com/old?b=c")).toEqual({
      kind: "redirected",
      status: 301,
      to: "http://main.test.com/new?b=c",
    });
    expect(ask("http://main.test.com/away/a?b=c")).toEqual({
      kind: "redirected",
      status: 302,
      to: "https://other.test.com/away/a?b=c",
    });
  });
});

it("behind an edge that ends TLS, a redirect that leaves out the scheme stays with HTTPS", () => {
  const cluster = clusterOf(moved);
  expect(wayFromEdge(recordsOf(cluster), objectsOf(cluster), "https://main.test.com/old").end).toMatchObject({
    to: "https://main.test.com/new",
  });
});
