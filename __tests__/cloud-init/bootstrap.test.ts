import ha from "../../examples/ha";
import { serverUserData } from "../../cloud-init/server";
import { createLabNetwork, type LabNetwork } from "../../lab/network";
import { clusterOf } from "./clusters";
import { type Identity, identity, live } from "./living-cluster";
import { type Outcome, ScratchMachine } from "./scratch-machine";

const api = "192.168.0.20";
const [one, two, three] = ["192.168.0.21", "192.168.0.22", "192.168.0.23"];
const join = "/etc/rancher/rke2/config.yaml.d/40-join.yaml";
const nodePath = "/api/v1/nodes/server-1";

let network: LabNetwork;
let known: Identity;
const machines: ScratchMachine[] = [];

beforeEach(async () => {
  network = await createLabNetwork();
  known = await identity("server-1");
});

afterEach(async () => {
  for (const machine of machines.splice(0)) machine.remove();
  await network.close();
});

/** machine is server number n of the HA example at its first start. */
function machine(literal: object = {}, n = 1, by: Identity = known): ScratchMachine {
  const cluster = clusterOf({ ...ha, ...literal });
  const node = cluster.servers[n - 1];
  if (node === undefined) throw new Error(`no server-${n}`);
  const made = new ScratchMachine(
    serverUserData(cluster, node),
    {
      "server-ca.crt": by.server.certificatePem,
      "rejoin.crt": by.rejoin.certificatePem,
      "rejoin.key": by.rejoin.keyPem,
    },
    { HTTPS_PROXY: network.httpProxyUrl },
  );
  machines.push(made);
  return made;
}

function start(server: ScratchMachine): Promise<Outcome> {
  return server.run("/usr/local/sbin/slipway-bootstrap");
}

describe("a server with etcd data", () => {
  test("starts with it and asks nobody", async () => {
    const server = machine();
    server.write("/var/lib/rancher/rke2/server/db/etcd/member/wal/0.wal", "");
    expect(await start(server)).toMatchObject({ code: 0 });
    expect(network.refused).toEqual([]);
    expect(server.read(join)).toBeUndefined();
  });

  test("that was removed from etcd joins again and does not begin a second cluster", async () => {
    await live(network, two, known, () => 404);
    const server = machine();
    server.write("/var/lib/rancher/rke2/server/db/etcd/member/wal/0.wal", "");
    server.write("/var/lib/rancher/rke2/server/db/etcd/tombstone", "");
    expect(await start(server)).toMatchObject({ code: 0 });
    expect(server.read(join)).toBe(`server: https://${two}:9345\n`);
  });

  test("is new to RKE2, and to us, while etcd never wrote any", async () => {
    await live(network, two, known, () => 404);
    const server = machine();
    server.write("/var/lib/rancher/rke2/server/db/etcd/name", "server-1-1a2b3c4d");
    expect(await start(server)).toMatchObject({ code: 0 });
    expect(server.read(join)).toBe(`server: https://${two}:9345\n`);
  });
});

describe("a server that somebody answers", () => {
  test("joins through the API address, in a file that root alone reads", async () => {
    await live(network, api, known, () => 404);
    await live(network, two, known, () => 404);
    const server = machine();
    expect(await start(server)).toMatchObject({ code: 0 });
    expect(server.read(join)).toBe(`server: https://${api}:9345\n`);
    expect(server.mode(join)).toBe("600");
  });

  test("joins through a peer while the API address leads nowhere", async () => {
    await live(network, three, known, () => 404);
    const server = machine();
    const { code, said } = await start(server);
    expect(code).toBe(0);
    expect(said).toContain(`nobody at ${api}:9345`);
    expect(server.read(join)).toBe(`server: https://${three}:9345\n`);
  });

  test("joins even when it may begin a cluster at any time", async () => {
    await live(network, two, known, () => 404);
    const server = machine({ rke2: { ...ha.rke2, initialise: "allowed" } });
    expect(await start(server)).toMatchObject({ code: 0 });
    expect(server.read(join)).toBe(`server: https://${two}:9345\n`);
  });

  test("never asks itself, though the API address is its own", async () => {
    await live(network, two, known, () => 404);
    const server = machine({ api: { address: one, through: "first-server" } });
    expect(await start(server)).toMatchObject({ code: 0 });
    expect(network.refused).toEqual([]);
  });

  test("comes to the same end when started again", async () => {
    await live(network, two, known, () => 404);
    const server = machine();
    await start(server);
    expect(await start(server)).toMatchObject({ code: 0 });
    expect(server.read(join)).toBe(`server: https://${two}:9345\n`);
  });
});

describe("a rebuilt server", () => {
  test("removes its own stale Node, waits until it is gone, then joins", async () => {
    const answers = [200, 200, 200, 200, 404];
    const asked = await live(network, two, known, () => answers.shift() ?? 404);
    const server = machine();
    expect(await start(server)).toMatchObject({ code: 0 });
    const user = "slipway:rejoin:server-1";
    expect(asked).toEqual([
      "GET /ping",
      `${user} GET ${nodePath}`,
      `${user} DELETE ${nodePath}`,
      `${user} GET ${nodePath}`,
      `${user} GET ${nodePath}`,
      `${user} GET ${nodePath}`,
    ]);
    expect(server.read(join)).toBeDefined();
  });

  test("refuses to join while its old Node is still held", async () => {
    await live(network, two, known, () => 200);
    const server = machine();
    const { code, said } = await start(server);
    expect(code).toBe(1);
    expect(said).toContain("Node server-1 is still there");
    expect(server.read(join)).toBeUndefined();
  });

  test("refuses to join when it may not remove its Node, and says how to", async () => {
    await live(network, two, known, (method) => (method === "DELETE" ? 403 : 200));
    const server = machine();
    const { code, said } = await start(server);
    expect(code).toBe(1);
    expect(said).toContain("kubectl delete node server-1");
    expect(server.read(join)).toBeUndefined();
  });

  test("refuses to join when the API does not know its certificate", async () => {
    await live(network, two, known, () => 404);
    const stranger = await identity("server-1");
    const server = machine({}, 1, { ...known, rejoin: stranger.rejoin });
    const { code, said } = await start(server);
    expect(code).toBe(1);
    expect(said).toContain("rejoin certificate (401)");
    expect(said).not.toContain("waiting for one");
    expect(server.read(join)).toBeUndefined();
  });

  test("asks the next server when one's API is not ready", async () => {
    await live(network, two, known, () => 503);
    const asked = await live(network, three, known, () => 404);
    const server = machine();
    expect(await start(server)).toMatchObject({ code: 0 });
    expect(asked).toEqual([`slipway:rejoin:server-1 GET ${nodePath}`]);
  });
});

test("a server that never ran has no rejoin role, and joins", async () => {
  await live(network, api, known, () => 403);
  const server = machine({}, 2);
  const { code, said } = await start(server);
  expect(code).toBe(0);
  expect(said).toContain("server-2 has no rejoin role yet");
  expect(server.read(join)).toBe(`server: https://${api}:9345\n`);
});

describe("while somebody of the cluster answers", () => {
  test.each([
    ["no API server listens", undefined, 200],
    ["its API servers are not ready", () => 500, 200],
    ["its supervisor is not ready either", undefined, 503],
  ] as const)("refuses to begin another one although %s", async (_, answer, ping) => {
    await live(network, two, known, answer, ping);
    const server = machine({ rke2: { ...ha.rke2, initialise: "allowed" } });
    const { code, said } = await start(server);
    expect(code).toBe(1);
    expect(said).toContain("the cluster is alive, but no API server of it is ready");
    expect(server.read(join)).toBeUndefined();
  });
});

describe("when nobody answers", () => {
  test("the first server begins the cluster, in the first day of its CA", async () => {
    const server = machine();
    const { code, said } = await start(server);
    expect(code).toBe(0);
    expect(said).toContain("server-1 begins the cluster");
    expect(network.refused).toEqual([`${api}:9345`, `${two}:9345`, `${three}:9345`]);
  });

  test("it forgets whom an earlier start meant to join", async () => {
    const server = machine();
    server.write(join, `server: https://${two}:9345\n`);
    expect(await start(server)).toMatchObject({ code: 0 });
    expect(server.read(join)).toBeUndefined();
  });

  test("refuses to begin one after the first day, and says what to do", async () => {
    const server = machine({}, 1, await identity("server-1", 49));
    const { code, said } = await start(server);
    expect(code).toBe(1);
    expect(said).toContain(`server-1 refuses to begin a new cluster
  found  asked ${api} ${two} ${three} and nobody answers; the cluster's CA is 49 hours old
  why    a cluster of that age exists or existed: beginning another beside it would split it in two
  fix    start its other servers, and server-1 joins by itself; or, if the cluster is gone for good,
         set rke2.initialise: "allowed" in cluster.ts, destroy VM 1021 (ha-server-1) in Proxmox, deploy again`);
  });

  test("begins one after the first day when cluster.ts says so", async () => {
    const old = await identity("server-1", 49);
    const server = machine({ rke2: { ...ha.rke2, initialise: "allowed" } }, 1, old);
    expect(await start(server)).toMatchObject({ code: 0 });
  });

  test("refuses to begin one while its clock is behind the CA", async () => {
    const server = machine({}, 1, await identity("server-1", -2));
    const { code, said } = await start(server);
    expect(code).toBe(1);
    expect(said).toContain("seconds behind the cluster's CA");
  });

  test.each([2, 3])("refuses to let server %i begin one, whatever cluster.ts says", async (n) => {
    const server = machine({ rke2: { ...ha.rke2, initialise: "allowed" } }, n);
    const { code, said } = await start(server);
    expect(code).toBe(1);
    expect(said).toContain(`server-${n} never begins a cluster, it waits for one`);
  });

  test("an impostor with another CA counts as nobody, and is reported", async () => {
    const impostor = await identity("server-1");
    const asked = await live(network, two, impostor, () => 404);
    const { code, said } = await start(machine());
    expect(code).toBe(0);
    expect(said).toMatch(new RegExp(`nobody at ${two}:9345: .*certificate problem`));
    expect(asked).toEqual([]);
  });
});
