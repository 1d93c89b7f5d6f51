import {
  agentData,
  clientFiles,
  createIdentity,
  createStage,
  eventually,
  type Identity,
  machine,
  type NodeSettings,
  readyNodes,
  rootOf,
  serverData,
  type Stage,
} from "./stage";
import type { PoweredMachine, RunningMachine } from "../../../lab/machine";

jest.setTimeout(30_000);

let stage: Stage;
let identity: Identity;
beforeEach(async () => {
  stage = await createStage();
  identity = await createIdentity();
});
afterEach(() => stage.close());

interface On {
  readonly powered: PoweredMachine;
  readonly running: RunningMachine;
}

async function node(role: "server" | "agent", last: number, settings: NodeSettings): Promise<On> {
  const powered = machine({
    vmId: last,
    name: settings.name,
    address: `192.168.0.${last}`,
    mac: `BC:24:11:00:00:${last}`,
    userData: role === "server" ? serverData(identity, settings) : agentData(identity, settings),
  });
  return { powered, running: await stage.powerOn(powered) };
}

const server = (last: number, settings: NodeSettings): Promise<On> => node("server", last, settings);
const agent = (last: number, settings: NodeSettings): Promise<On> => node("agent", last, settings);
const joinFirst = { server: "https://192.168.0.21:9345" };

const ready = (...names: string[]): Promise<boolean> =>
  eventually(
    () => JSON.stringify(readyNodes(stage)) === JSON.stringify(names) || undefined,
    () => stage.room.inspect(),
  );
const says = (name: string, text: string): Promise<void> => stage.says(name, text);

test("a server without `server:` initialises a cluster with the CA it was given", async () => {
  await server(21, { name: "server-1" });
  await ready("server-1");
  expect(stage.room.inspect().clusters).toMatchObject([
    {
      caHash: identity.caHash,
      quorum: true,
      members: [{ name: "server-1", address: "192.168.0.21", alive: true }],
      nodes: [{ name: "server-1", address: "192.168.0.21", ready: true }],
    },
  ]);
  const admin = await clientFiles(stage, identity, "system:admin", "system:masters");
  expect(await stage.curl(...admin, "https://192.168.0.21:9345/ping")).toBe("pong");
  expect(await stage.curl(...admin, "https://192.168.0.21:6443/readyz")).toBe("ok");
  expect(stage.room.inspect().violations).toEqual([]);
});

test("a second server and an agent join through the first, and appear Ready", async () => {
  await server(21, { name: "server-1" });
  await ready("server-1");
  await server(22, { name: "server-2", config: joinFirst });
  await agent(31, { name: "worker-1", config: { "node-label": ["pool=general"] } });
  await ready("server-1", "server-2", "worker-1");
  const admin = await clientFiles(stage, identity, "system:admin", "system:masters");
  const list: unknown = JSON.parse(
    await stage.curl(...admin, "https://192.168.0.22:6443/api/v1/nodes/worker-1"),
  );
  expect(list).toMatchObject({
    metadata: { labels: { pool: "general" } },
    status: { conditions: [{ type: "Ready", status: "True" }] },
  });
});

test("refuses a server whose token pins another CA", async () => {
  await server(21, { name: "server-1" });
  await ready("server-1");
  await server(22, {
    name: "server-2",
    config: { ...joinFirst, token: `K10${"0".repeat(64)}::server:server-secret` },
  });
  await says("server-2", "token CA hash does not match the Cluster CA certificate hash");
});

test("refuses a server or an agent with a wrong password", async () => {
  await server(21, { name: "server-1" });
  await ready("server-1");
  await server(22, {
    name: "server-2",
    config: { ...joinFirst, token: `K10${identity.caHash}::server:wrong` },
  });
  await agent(31, { name: "worker-1", config: { token: `K10${identity.caHash}::node:wrong` } });
  await says("server-2", "401 not authorized");
  await says("worker-1", "401 not authorized");
});

test("refuses a server that shows the agent token", async () => {
  await server(21, { name: "server-1" });
  await ready("server-1");
  await server(22, { name: "server-2", config: { ...joinFirst, token: identity.agentToken } });
  await says("server-2", "403 Forbidden");
});

test("an agent that holds the server token joins, and that is a violation", async () => {
  await server(21, { name: "server-1" });
  await agent(31, { name: "worker-1", config: { token: identity.serverToken } });
  await ready("server-1", "worker-1");
  expect(stage.room.inspect().violations.join()).toContain("worker-1");
});

test("refuses a server whose critical keys differ", async () => {
  await server(21, { name: "server-1" });
  await ready("server-1");
  await server(22, { name: "server-2", config: { ...joinFirst, "cluster-cidr": "172.29.0.0/16" } });
  await says("server-2", "critical configuration value mismatch between servers: cluster-cidr");
});

test("refuses a key of the other role", async () => {
  await agent(31, { name: "worker-1", config: { "tls-san": ["192.168.0.20"] } });
  await says("worker-1", "flag provided but not defined: -tls-san");
});

test("refuses an agent of a known name with another password", async () => {
  await server(21, { name: "server-1" });
  const first = await agent(31, { name: "worker-1" });
  await ready("server-1", "worker-1");
  await first.running.powerOff();
  await agent(31, { name: "worker-1", password: "another" });
  await says("worker-1", "Node password rejected, duplicate hostname");
});

test("a rebuilt agent with its own password keeps its name", async () => {
  await server(21, { name: "server-1" });
  const first = await agent(31, { name: "worker-1" });
  await ready("server-1", "worker-1");
  await first.running.powerOff();
  await ready("server-1");
  await agent(31, { name: "worker-1" });
  await ready("server-1", "worker-1");
});

test("refuses a rebuilt server while its name is an etcd member, and takes it once its Node is deleted", async () => {
  await server(21, { name: "server-1" });
  await ready("server-1");
  await server(22, { name: "server-2", config: joinFirst });
  await ready("server-1", "server-2");
  const third = await server(23, { name: "server-3", config: joinFirst });
  await ready("server-1", "server-2", "server-3");
  await third.running.powerOff();
  await server(23, { name: "server-3", config: joinFirst });
  await says("server-3", "duplicate node name found, please use a unique name for this node");
  const admin = await clientFiles(stage, identity, "system:admin", "system:masters");
  const url = "https://192.168.0.21:6443/api/v1/nodes/server-3";
  const held: unknown = JSON.parse(await stage.curl(...admin, "--request", "DELETE", url));
  expect(held).toMatchObject({ metadata: { finalizers: ["wrangler.cattle.io/managed-etcd-controller"] } });
  await ready("server-1", "server-2", "server-3");
});

test("two initialisations of one CA are a split cluster", async () => {
  await server(21, { name: "server-1" });
  await ready("server-1");
  await server(22, { name: "server-2" });
  await eventually(
    () => stage.room.inspect().violations.find((text) => text.startsWith("split cluster: server-2")),
    () => stage.room.inspect(),
  );
});

test("a server rebuilt alone is no split, and an agent joins it once it is switched on again", async () => {
  const first = await server(21, { name: "server-1" });
  const worker = await agent(31, { name: "worker-1" });
  await ready("server-1", "worker-1");
  await first.running.powerOff();
  await server(21, { name: "server-1" });
  await ready("server-1");
  await worker.running.powerOff();
  await stage.powerOn(worker.powered);
  await ready("server-1", "worker-1");
  expect(stage.room.inspect().clusters).toHaveLength(2);
  expect(stage.room.inspect().violations).toEqual([]);
});

test("a server that is switched off and on goes on with its etcd data", async () => {
  const { powered, running } = await server(21, { name: "server-1" });
  await ready("server-1");
  await running.powerOff();
  await stage.powerOn(powered);
  await ready("server-1");
  expect(stage.room.inspect().clusters).toHaveLength(1);
});

test("below quorum the API is not ready", async () => {
  await server(21, { name: "server-1" });
  await ready("server-1");
  const second = await server(22, { name: "server-2", config: joinFirst });
  await ready("server-1", "server-2");
  await second.running.powerOff();
  const admin = await clientFiles(stage, identity, "system:admin", "system:masters");
  expect(await stage.curl(...admin, "https://192.168.0.21:6443/readyz")).toContain("etcd failed");
});

test("refuses a CA whose key belongs to another certificate", async () => {
  const other = await createIdentity();
  const [mine, theirs] = [identity.authorities["client-ca"], other.authorities["client-ca"]];
  if (mine === undefined || theirs === undefined) throw new Error("no authority");
  const broken = { ...mine, keyPem: theirs.keyPem };
  identity = { ...identity, authorities: { ...identity.authorities, "client-ca": broken } };
  await server(21, { name: "server-1" });
  await says("server-1", "private key does not match public key");
});

test("the script before each start decides: it may hold RKE2 back and may write whom to join", async () => {
  await server(21, { name: "server-1" });
  await ready("server-1");
  const bootstrap = `#!/bin/bash
mark="$ROOT/var/lib/asked"
if [ ! -e "$mark" ]; then mkdir -p "$ROOT/var/lib"; touch "$mark"; echo "not yet" >&2; exit 1; fi
curl --silent --cacert "$ROOT/var/lib/rancher/rke2/server/tls/server-ca.crt" https://192.168.0.21:9345/ping || exit 1
mkdir -p "$ROOT/etc/rancher/rke2/config.yaml.d"
echo 'server: https://192.168.0.21:9345' > "$ROOT/etc/rancher/rke2/config.yaml.d/40-join.yaml"
`;
  await server(22, { name: "server-2", bootstrap });
  await ready("server-1", "server-2");
  await says("server-2", "ExecStartPre=/usr/local/sbin/bootstrap exited with status 1");
  expect(stage.room.inspect().clusters).toHaveLength(1);
});

test("a kubelet may see its own Node and may not delete it", async () => {
  await server(21, { name: "server-1" });
  const { powered } = await agent(31, { name: "worker-1" });
  await ready("server-1", "worker-1");
  const folder = `${rootOf(powered)}/var/lib/rancher/rke2/agent`;
  const kubelet = [
    "--cacert",
    `${folder}/server-ca.crt`,
    "--cert",
    `${folder}/client-kubelet.crt`,
    "--key",
    `${folder}/client-kubelet.key`,
  ];
  const code = (method: string, name: string): Promise<string> =>
    stage.curl(
      ...kubelet,
      "-o",
      "/dev/null",
      "-w",
      "%{http_code}",
      "-X",
      method,
      `https://192.168.0.21:6443/api/v1/nodes/${name}`,
    );
  expect([
    await code("GET", "worker-1"),
    await code("GET", "server-1"),
    await code("DELETE", "worker-1"),
  ]).toEqual(["200", "403", "403"]);
});
