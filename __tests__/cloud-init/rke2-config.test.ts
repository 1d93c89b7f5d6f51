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
    "kubelet-arg", "kube-proxy-arg", "system-default-registry", "profile",
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

test("arguments reach the program and the role that they are for, one entry for each value", () => {
  const [hardened, lab] = [example("hardened"), example("lab")];
  for (const node of hardened.servers) {
    expect(server(hardened, node)).toMatchObject({
      "kubelet-arg": ["event-qps=0"],
      "kube-apiserver-arg": ["request-timeout=300s", "tls-min-version=VersionTLS12"],
      "kube-controller-manager-arg": ["terminated-pod-gc-threshold=10"],
    });
    expect(server(hardened, node)).not.toHaveProperty("kube-scheduler-arg");
  }
  const [first] = hardened.workers;
  expect(first && agent(hardened, first)["kubelet-arg"]).toEqual(["event-qps=0", "max-pods=200"]);
  const [twice] = lab.workers;
  expect(twice && agent(lab, twice)["kubelet-arg"]).toEqual([
    "feature-gates=A=true",
    "feature-gates=B=false",
  ]);
});

test("snapshots are taken as the file says, as RKE2 would, or not at all", () => {
  const snapshotKeys = (cluster: Cluster) =>
    cluster.servers.map((node) =>
      Object.fromEntries(Object.entries(server(cluster, node)).filter(([key]) => /^etcd-/.test(key))),
    );
  const [home, lab, hardened] = [example("home"), example("lab"), example("hardened")];
  expect(snapshotKeys(home)).toEqual([
    { "etcd-snapshot-schedule-cron": "0 0,12 * * *", "etcd-snapshot-retention": 5 },
  ]);
  expect(snapshotKeys(lab)).toEqual([{ "etcd-disable-snapshots": true }]);
  expect(snapshotKeys(hardened)).toEqual(
    Array(3).fill({
      "etcd-snapshot-schedule-cron": "0 */6 * * *",
      "etcd-snapshot-retention": 8,
      "etcd-snapshot-compress": true,
      "etcd-s3": true,
      "etcd-s3-endpoint": "s3.example.com",
      "etcd-s3-bucket": "etcd-snapshots",
      "etcd-s3-folder": "hardened",
      "etcd-s3-region": "us-east-1",
      "etcd-s3-retention": 24,
    }),
  );
});

test("profile cis is every node's, its files and the audit policy are the servers'", () => {
  const hardened = example("hardened");
  for (const node of hardened.servers) {
    expect(server(hardened, node)).toMatchObject({
      profile: "cis",
      "audit-policy-file": "/etc/rancher/rke2/audit-policy.yaml",
      "pod-security-admission-config-file": "/etc/rancher/rke2/pod-security.yaml",
    });
  }
  for (const node of hardened.workers) expect(agent(hardened, node)).toMatchObject({ profile: "cis" });
});

test("every node takes RKE2's images from the named registry, and servers turn the embedded one on", () => {
  const [lab, airGap] = [example("lab"), example("air-gap")];
  const both = [
    ...lab.servers.map((node) => server(lab, node)),
    ...lab.workers.map((node) => agent(lab, node)),
  ];
  expect(new Set(both.map((each) => each["system-default-registry"]))).toEqual(
    new Set(["registry.example.com"]),
  );
  expect(airGap.servers.map((node) => server(airGap, node)["embedded-registry"])).toEqual([true]);
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
