import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expectGolden } from "../golden-file";
import { temporaryFolder } from "../lab/engine/fake-program";
import { slipway } from "./slipway";

const folder = temporaryFolder();

it("prints every hop with the object that makes it", () => {
  const { status, stdout } = slipway([
    "trace",
    "http://main.test.com/hello",
    "--cluster",
    "examples/hello.ts",
  ]);
  expect(status).toBe(0);
  expectGolden("trace/hello.txt", stdout);
});

it("begins at the edge, with its certificate and its host", () => {
  const { status, stdout } = slipway(["trace", "https://main.test.com/hello", "--cluster", "cluster.ts"]);
  expect(status).toBe(0);
  expectGolden("trace/home.txt", stdout);
});

it("prints where the edge sends a visitor by plain HTTP", () => {
  const { stdout } = slipway(["trace", "http://main.test.com/hello?a=b", "--cluster", "cluster.ts"]);
  expect(stdout).toContain("\nRedirected with 301 to https://main.test.com/hello?a=b\n");
});

it("begins at the load balancer when asked for the way inside, and says nothing of the edge", () => {
  const asked = ["trace", "http://main.test.com/hello", "--cluster", "cluster.ts", "--inside", "--json"];
  const { begins, hops }: { begins: string; hops: object[] } = JSON.parse(slipway(asked).stdout);
  expect(begins).toBe("inside");
  expect(hops[0]).toMatchObject({ at: "address" });
});

it("has the edge's rows in its data, with what makes them", () => {
  const asked = ["trace", "https://main.test.com/hello", "--cluster", "cluster.ts", "--json"];
  const { begins, hops }: { begins: string; hops: object[] } = JSON.parse(slipway(asked).stdout);
  expect(begins).toBe("edge");
  expect(hops[1]).toEqual({
    at: "edge",
    object: { kind: "ProxyHost", name: "main-test-com" },
    says: "/ to http://192.168.0.240:80",
    madeBy: "home-edge: nginxproxymanager_proxy_host.main-test-com",
  });
});

it("turns a visitor's address away that the edge does not allow", () => {
  const file = join(folder, "allowing.ts");
  writeFileSync(
    file,
    `import home from ${JSON.stringify(join(__dirname, "..", "..", "cluster"))};
const [route] = home.routes;
export default { ...home, routes: [{ ...route, edge: { ...route.edge, allow: ["10.0.0.0/8"] } }] };
`,
  );
  const asked = ["trace", "https://main.test.com/hello", "--cluster", file];
  expect(slipway([...asked, "--from", "10.1.2.3"]).stdout).toContain("Answered by apps/hello:8080.");
  const refused = slipway([...asked, "--from", "192.0.2.7"]);
  expect(refused.status).toBe(1);
  expect(refused.stdout).toContain("Not answered: the edge answers 403 to 192.0.2.7");
});

it("refuses a visitor's address that is none", () => {
  const { status, stderr } = slipway(["trace", "https://main.test.com/hello", "--from", "somewhere"]);
  expect(status).toBe(1);
  expect(stderr).toContain("write an IPv4 address, as 203.0.113.7");
});

it("says of a host without an edge that it is reachable inside only", () => {
  const asked = ["trace", "https://a.com/b", "--cluster", "examples/two-sites.ts"];
  expect(slipway(asked).stdout).toContain("Reachable inside only: no edge of sites has a.com.");
});

it("prints the same as data", () => {
  const { stdout } = slipway([
    ...["trace", "https://a.com/b", "--cluster", "examples/two-sites.ts", "--json"],
  ]);
  const { cluster, hops, end }: { cluster: string; hops: object[]; end: object } = JSON.parse(stdout);
  expect(cluster).toBe("sites");
  expect(end).toEqual({
    kind: "answered",
    by: [{ service: "b", namespace: "apps", port: 8080, percent: 100 }],
  });
  expect(hops.at(-1)).toMatchObject({
    at: "pods",
    object: { kind: "Deployment", namespace: "apps", name: "b" },
    madeBy: expect.stringMatching(/^sites-network: kubernetes_manifest\.service-b_deployment/),
  });
});

it("follows a header to the service that it chooses", () => {
  const shop = ["trace", "http://shop.test.com/", "--cluster", "examples/canary.ts"];
  expect(slipway(shop).stdout).toContain("Answered by apps/stable:8080 (90 %), apps/next:8080 (10 %).");
  expect(slipway([...shop, "-H", "X-Canary: always"]).stdout).toContain("Answered by apps/next:8080.");
});

it("says of a URL that nobody serves where its way ends and why", () => {
  const asked = ["trace", "http://main.test.com/goodbye", "--cluster", "examples/hello.ts"];
  const { status, stdout } = slipway(asked);
  expect(status).toBe(1);
  expect(stdout).toContain("Service traefik/traefik");
  expect(stdout).toContain(
    "Not answered: the controller has the request, and no route of it takes GET http://main.test.com/goodbye.",
  );
});

it("finds a service at its node port, without an ingress", () => {
  const asked = ["trace", "http://192.168.0.31:30080/", "--cluster", "examples/node-port.ts"];
  expect(slipway(asked).stdout).toContain("node port 30080");
});

it("refuses what is no URL, in words", () => {
  const { status, stderr } = slipway(["trace", "main.test.com/hello"]);
  expect(status).toBe(1);
  expect(stderr).toContain("write it as https://main.test.com/hello");
});
