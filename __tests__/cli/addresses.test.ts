import { join } from "node:path";
import { exampleOf, slipway } from "./slipway";

test("every machine's name, address, MAC, VM id and host is listed", () => {
  const { status, stdout } = slipway(["addresses", "--cluster", exampleOf("ha")]);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^ha +server-1 +server +192\.168\.0\.21 +02:24:11:A8:00:15 +1021 +pve1$/m);
  expect(stdout).toMatch(/^ha +api +Kubernetes API through kube-vip +192\.168\.0\.20$/m);
  expect(stdout).toMatch(/^ha +ingress +every route +192\.168\.0\.240$/m);
  expect(stdout).toMatch(/^ha +load balancer +Services +192\.168\.0\.241-192\.168\.0\.250$/m);
});

test("the machines in front of the servers are listed", () => {
  const { stdout } = slipway(["addresses", "--cluster", exampleOf("ha-haproxy")]);
  expect(stdout).toMatch(/^ha-haproxy +api +Kubernetes API through haproxy +192\.168\.0\.20$/m);
  expect(stdout).toMatch(/^ha-haproxy +load-balancer-2 +load-balancer +192\.168\.0\.19 +\S+ +1019 +pve2$/m);
});

test("--json is an array with one entry for each", () => {
  const { stdout } = slipway(["addresses", "--json", "--cluster", exampleOf("ha")]);
  const entries: unknown = JSON.parse(stdout);
  expect(entries).toContainEqual({
    cluster: "ha",
    name: "worker-3",
    what: "agent",
    address: "192.168.0.33",
    mac: "02:24:11:A8:00:21",
    vmId: 1033,
    host: "pve3",
  });
  expect(entries).toContainEqual({
    cluster: "ha",
    name: "ha-template-pve1",
    what: "template",
    vmId: 9011,
    host: "pve1",
  });
});

test("an installer's machine is listed while it is needed", () => {
  const { stdout } = slipway(["addresses", "--cluster", exampleOf("iso")]);
  expect(stdout).toMatch(/^iso +\S+ +installer +06:24:11:\S+ +\d+ +pve1$/m);
});

test("clusters of one file are told apart by their names", () => {
  const { stdout } = slipway(["addresses", "--json", "--cluster", exampleOf("two-clusters")]);
  const text = JSON.stringify(JSON.parse(stdout));
  const names = new Set([...text.matchAll(/"cluster":"([^"]+)"/g)].map((match) => match[1]));
  expect(names.size).toBe(2);
});

test("the edge is listed, and a route that has none as reachable inside only", () => {
  const { stdout } = slipway(["addresses", "--cluster", join(__dirname, "..", "clusters", "named.ts")]);
  expect(stdout).toMatch(/^home +edge +Nginx Proxy Manager +192\.168\.0\.100$/m);
  expect(stdout).toMatch(/^home +inside\.test\.com +route without an edge, inside only +192\.168\.0\.240$/m);
  expect(stdout).not.toMatch(/^home +main\.test\.com/m);
});
