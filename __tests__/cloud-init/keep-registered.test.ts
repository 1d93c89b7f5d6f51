import home from "../../cluster";
import { agentUserData } from "../../cloud-init/agent";
import { createLabNetwork, type LabNetwork } from "../../lab/network";
import { clientCertificate } from "../../lab/network/certificate";
import { clusterOf } from "./clusters";
import { type Identity, identity, live } from "./living-cluster";
import { type Outcome, ScratchMachine } from "./scratch-machine";

const api = "192.168.0.20";
const agent = "/var/lib/rancher/rke2/agent";
const ask = "system:node:worker-1 GET /api/v1/nodes/worker-1";
const restart = "try-restart --no-block rke2-agent\n";

let network: LabNetwork;
let known: Identity;
let worker: ScratchMachine;

beforeEach(async () => {
  network = await createLabNetwork();
  known = await identity("worker-1");
  const cluster = clusterOf(home);
  const [node] = cluster.workers;
  if (node === undefined) throw new Error("no worker-1");
  worker = new ScratchMachine(agentUserData(cluster, node), {}, { HTTPS_PROXY: network.httpProxyUrl });
  await joined(known);
});

afterEach(async () => {
  worker.remove();
  await network.close();
});

/** joined: the files that rke2-agent has from the cluster. */
async function joined(by: Identity): Promise<void> {
  const kubelet = { commonName: "system:node:worker-1", organization: "system:nodes" };
  const { certificatePem, keyPem } = await clientCertificate(by.client, kubelet);
  worker.write(`${agent}/client-kubelet.crt`, certificatePem);
  worker.write(`${agent}/client-kubelet.key`, keyPem);
  worker.write(`${agent}/server-ca.crt`, by.server.certificatePem);
}

/** runs for so many asks, with pauses in which something happens, and is ended as a machine that is switched off. */
function runs(asks: number, pause = "true"): Promise<Outcome> {
  worker.play(
    "sleep",
    `echo >> "$ROOT/pauses"; (($(wc -l < "$ROOT/pauses") < ${asks})) || exit 143; ${pause}`,
  );
  const unit = worker.read("/etc/systemd/system/slipway-keep-registered.service") ?? "";
  const [program = "", ...args] = /^ExecStart=(.*)$/m.exec(unit)?.[1]?.split(" ") ?? [];
  return worker.run(program, args);
}

const restarts = (): string | undefined => worker.read("/systemctl.log");

test("a worker whose Node is gone for three asks has its agent restarted, and the journal says why", async () => {
  const answers = [200, 404, 404, 404];
  const asked = await live(network, api, known, () => answers.shift() ?? 200);
  const { said } = await runs(5);
  expect(asked).toEqual([ask, ask, ask, ask, ask]);
  expect(restarts()).toBe(restart);
  expect(said).toBe(`worker-1 is registered
the API at ${api} has lost Node worker-1: restarting rke2-agent, which registers it again
worker-1 is registered
`);
});

test("a Node that stays away has the agent restarted once: the kubelet then tries by itself", async () => {
  const answers = [200];
  await live(network, api, known, () => answers.shift() ?? 404);
  await runs(12);
  expect(restarts()).toBe(restart);
});

test("a Node that is lost again has the agent restarted again", async () => {
  const answers = [200, 404, 404, 404, 200, 200, 404, 404, 404];
  await live(network, api, known, () => answers.shift() ?? 200);
  await runs(10);
  expect(restarts()).toBe(restart + restart);
});

test("a kubelet that never registered is left to its first try", async () => {
  await live(network, api, known, () => 404);
  const { said } = await runs(8);
  expect(restarts()).toBeUndefined();
  expect(said).toBe("");
});

test.each([200, 401, 403, 429, 500, 503])(
  "two missing Nodes with a %i between are no lost Node",
  async (status) => {
    const answers = [200, 404, 404, status, 404, 404];
    await live(network, api, known, () => answers.shift() ?? 200);
    await runs(6);
    expect(restarts()).toBeUndefined();
  },
);

test.each([401, 403, 429, 500, 503])("an API that says %i has lost nothing", async (status) => {
  const answers = [200];
  await live(network, api, known, () => answers.shift() ?? status);
  await runs(8);
  expect(restarts()).toBeUndefined();
});

test("nobody at the API address means nothing", async () => {
  expect(await runs(6)).toMatchObject({ code: 143, said: "" });
  expect(restarts()).toBeUndefined();
});

test("refuses to believe a 404 from an API of another CA", async () => {
  const answers = [200];
  const asked = await live(network, api, known, () => answers.shift() ?? 404);
  worker.write("/impostor.crt", (await identity("worker-1")).server.certificatePem);
  const { said } = await runs(8, `cp "$ROOT/impostor.crt" "$ROOT${agent}/server-ca.crt"`);
  expect(asked).toEqual([ask]);
  expect(said).toBe("worker-1 is registered\n");
  expect(restarts()).toBeUndefined();
});

test("an agent that has not joined yet is waited for", async () => {
  const asked = await live(network, api, known, () => 404);
  worker.write(`${agent}/client-kubelet.crt`, "");
  await runs(4);
  expect(asked).toEqual([]);
  expect(restarts()).toBeUndefined();
});
