import { createServer as createTlsServer } from "node:https";
import { createServer, type Server, type Socket } from "node:net";
import ha from "../../examples/ha";
import { serverUserData } from "../../cloud-init/server";
import { serverCertificate } from "../../lab/network/certificate";
import { createLabNetwork, type LabNetwork } from "../../lab/network";
import { listenOnLoopback } from "../../lab/network/loopback";
import { clusterOf } from "./clusters";
import { type Identity, identity, live } from "./living-cluster";
import { type Outcome, ScratchMachine } from "./scratch-machine";

const [two, three] = ["192.168.0.22", "192.168.0.23"];
const join = "/etc/rancher/rke2/config.yaml.d/40-join.yaml";

let network: LabNetwork;
let known: Identity;
let server: ScratchMachine;

beforeEach(async () => {
  network = await createLabNetwork();
  known = await identity("server-1");
  const cluster = clusterOf({ ...ha, rke2: { ...ha.rke2, initialise: "allowed" } });
  const [node] = cluster.servers;
  if (node === undefined) throw new Error("no server-1");
  const secrets = {
    "server-ca.crt": known.server.certificatePem,
    "rejoin.crt": known.rejoin.certificatePem,
    "rejoin.key": known.rejoin.keyPem,
  };
  server = new ScratchMachine(serverUserData(cluster, node), secrets, { HTTPS_PROXY: network.httpProxyUrl });
});

afterEach(async () => {
  server.remove();
  await network.close();
});

/** start of server-1, whose curl is the real one, given what more it is told. */
function start(...more: string[]): Promise<Outcome> {
  server.play("curl", `/usr/bin/curl "$@" --connect-timeout 1 --max-time 1 ${more.join(" ")}`);
  return server.run("/usr/local/sbin/slipway-bootstrap");
}

const hangs = (): Server => createServer((socket) => socket.resume());
const does = (then: (socket: Socket) => void): Server => createServer(then);

async function withAnotherName(): Promise<Server> {
  const { certificatePem: cert, keyPem: key } = await serverCertificate(known.server, "rke2", [three]);
  return createTlsServer({ cert, key }, (_, response) => response.end("pong"));
}

test.each<[string, () => Server | Promise<Server>]>([
  ["hangs in the handshake", hangs],
  ["leaves in it", () => does((socket) => socket.once("data", () => socket.destroy()))],
  ["speaks no TLS", () => does((socket) => socket.end("HTTP/1.0 400 Bad Request\r\n\r\n"))],
  ["shows a certificate of the cluster for another name", withAnotherName],
])("refuses to begin a cluster beside a peer that %s", async (_, peer) => {
  await network.attach(two, 9345, await peer());
  const { code, said } = await start();
  expect(code).toBe(1);
  expect(said).toContain(`no answer at ${two}:9345: `);
  expect(said).toContain(`somebody is at ${two} port 9345 and may be the cluster`);
  expect(server.read(join)).toBeUndefined();
});

test("joins through the peer that answers, whoever hangs before it", async () => {
  await network.attach(two, 9345, hangs());
  await live(network, three, known, () => 404);
  expect(await start()).toMatchObject({ code: 0 });
  expect(server.read(join)).toBe(`server: https://${three}:9345\n`);
});

describe("on a network without a proxy", () => {
  test("refuses to begin a cluster beside a peer that hangs", async () => {
    const peer = await listenOnLoopback(hangs());
    const { code, said } = await start("--noproxy '*'", `--connect-to ::127.0.0.1:${peer.port}`);
    await peer.close();
    expect(code).toBe(1);
    expect(said).toContain("somebody is at");
  });

  test("begins the cluster when every connection is refused", async () => {
    const peer = await listenOnLoopback(hangs());
    await peer.close();
    const { code, said } = await start("--noproxy '*'", `--connect-to ::127.0.0.1:${peer.port}`);
    expect(code).toBe(0);
    expect(said).toContain("server-1 begins the cluster");
  });
});

test("a proxy that never answers is no peer that hangs", async () => {
  const proxy = await listenOnLoopback(hangs());
  const { code, said } = await start(`--proxy http://127.0.0.1:${proxy.port}`);
  await proxy.close();
  expect(code).toBe(0);
  expect(said).toContain(`nobody at ${two}:9345`);
});
