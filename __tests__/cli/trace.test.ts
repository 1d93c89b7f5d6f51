import { expectGolden } from "../golden-file";
import { slipway } from "./slipway";

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
