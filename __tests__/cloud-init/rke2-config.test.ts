import { z } from "zod";
import { agentConfig, serverConfig } from "../../cloud-init/rke2-config";
import type { AgentNode, Cluster, ServerNode } from "../../config/model";
import { examples } from "./clusters";
import { readYaml } from "./read-document";

const config = z.record(z.string(), z.unknown());
type Config = z.output<typeof config>;

function example(name: string): Cluster {
  const cluster = examples[name];
  if (cluster === undefined) throw new Error(`no example ${name}`);
  return cluster;
}

function server(cluster: Cluster, node: ServerNode): Config {
  return config.parse(readYaml(serverConfig(cluster, node)));
}

function agent(cluster: Cluster, node: AgentNode): Config {
  return config.parse(readYaml(agentConfig(cluster, node)));
}

/** What differs between two servers of a cluster, and may. */
const own = ["node-name", "node-ip"];

/** RKE2 refuses a server whose value of one of these differs from its cluster's: docs.rke2.io/install/ha. */
const mustMatch = ["agent-token-file", "cluster-cidr", "cluster-dns", "service-cidr"];

test("servers of a cluster say everything alike except who they are", () => {
  const ha = example("ha");
  const shared = ha.servers.map((node) =>
    Object.fromEntries(Object.entries(server(ha, node)).filter(([key]) => !own.includes(key))),
  );
  expect(shared[1]).toEqual(shared[0]);
  expect(shared[2]).toEqual(shared[0]);
  expect(Object.keys(shared[0] ?? {})).toEqual(expect.arrayContaining(mustMatch));
});

test("a worker's config has only keys that RKE2's agent knows", () => {
  const known = [
    "node-name", "node-ip", "node-label", "node-taint", "token-file", "server", "resolv-conf",
  ]; // prettier-ignore
  for (const cluster of Object.values(examples)) {
    for (const node of cluster.workers) {
      expect(known).toEqual(expect.arrayContaining(Object.keys(agent(cluster, node))));
    }
  }
});

test("a worker joins through the API address, not through a server's own", () => {
  const home = example("home");
  expect(home.workers.map((node) => agent(home, node)["server"])).toEqual(
    Array(3).fill("https://192.168.0.20:9345"),
  );
});

test("no config says whom a server joins: the bootstrap step decides that at its first start", () => {
  const ha = example("ha");
  for (const node of ha.servers) expect(server(ha, node)).not.toHaveProperty("server");
});

test("pods ask the service network's tenth address for names", () => {
  const home = example("home");
  const [first] = home.servers;
  expect(first && server(home, first)).toMatchObject({
    "service-cidr": "172.30.0.0/16",
    "cluster-dns": "172.30.0.10",
  });
});

test("RKE2 1.37's telemetry is off, and 1.36 is not asked to disable what it does not have", () => {
  const [lab, home] = [example("lab"), example("home")];
  expect(lab.servers.map((node) => server(lab, node)["disable"])).toEqual([["rke2-security-responder"]]);
  expect(home.servers.map((node) => server(home, node)["disable"])).toEqual([undefined]);
});

test("labels and taints reach the node they are for", () => {
  const lab = example("lab");
  const [first] = lab.workers;
  expect(first && agent(lab, first)).toMatchObject({
    "node-label": expect.arrayContaining(["example.com/disk=ssd"]),
    "node-taint": ["gpu=yes:NoSchedule"],
  });
});

test("a config holds no secret, only the names of files that do", () => {
  for (const cluster of Object.values(examples)) {
    const configs = [
      ...cluster.servers.map((node) => server(cluster, node)),
      ...cluster.workers.map((node) => agent(cluster, node)),
    ];
    for (const each of configs) {
      expect(
        Object.keys(each).filter((key) => /token|password|key$/.test(key) && !key.endsWith("-file")),
      ).toEqual([]);
    }
  }
});
