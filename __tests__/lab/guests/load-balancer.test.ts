import haproxyExample from "../../../examples/ha-haproxy";
import { loadBalancerUserData } from "../../../cloud-init/load-balancer";
import { fillSecrets, type SecretName } from "../../../cloud-init/secrets";
import { networkConfig } from "../../../cloud-init/seed";
import { clientCertificate } from "../../../lab/network/certificate";
import type { PoweredMachine, RunningMachine } from "../../../lab/machine";
import { clusterOf } from "../../cloud-init/clusters";
import {
  clientFiles,
  createIdentity,
  createStage,
  eventually,
  type Identity,
  machine,
  readyNodes,
  serverData,
  type Stage,
} from "./stage";

jest.setTimeout(30_000);

const api = "192.168.0.20";
const first = "192.168.0.18";
const joinFirst = { server: `https://${api}:9345` };
const cluster = clusterOf(haproxyExample);

let stage: Stage;
let identity: Identity;
beforeEach(async () => {
  stage = await createStage();
  identity = await createIdentity();
});
afterEach(() => stage.close());

/** loadBalancer number n as it is rendered, after an edit of its user-data. */
async function loadBalancer(n: 1 | 2, edit = (userData: string) => userData): Promise<PoweredMachine> {
  if (cluster.api.through !== "haproxy") throw new Error("the example has no load balancers");
  const node = cluster.api.loadBalancers[n - 1];
  if (node === undefined) throw new Error(`no load-balancer-${n}`);
  const secrets = await secretsOf(identity);
  const userData = fillSecrets(edit(loadBalancerUserData(cluster, cluster.api, node)), (name) =>
    Buffer.from(secrets[name] ?? "").toString("base64"),
  );
  const powered = machine({ vmId: node.vmId, name: node.name, address: node.address, mac: node.mac });
  return {
    ...powered,
    seed: { ...powered.seed, userData, networkConfig: networkConfig(cluster, node) },
  };
}

async function secretsOf({ authorities }: Identity): Promise<Partial<Record<SecretName, string>>> {
  const [client, server] = [authorities["client-ca"], authorities["server-ca"]];
  if (client === undefined || server === undefined) throw new Error("no authority");
  const { certificatePem, keyPem } = await clientCertificate(client, { commonName: "slipway:load-balancer" });
  return { "server-ca.crt": server.certificatePem, "load-balancer.pem": `${certificatePem}\n${keyPem}` };
}

async function powerOn(n: 1 | 2, edit?: (userData: string) => string): Promise<RunningMachine> {
  return stage.powerOn(await loadBalancer(n, edit));
}

async function server(index: number): Promise<RunningMachine> {
  const name = `server-${index}`;
  const userData = serverData(identity, { name, config: index === 1 ? {} : joinFirst });
  const mac = `BC:24:11:00:00:2${index}`;
  const running = await stage.powerOn(machine({ name, address: `192.168.0.2${index}`, mac, userData }));
  await eventually(
    () => readyNodes(stage).includes(name) || undefined,
    () => stage.room.inspect(),
  );
  return running;
}

const holder = (): string | undefined => stage.room.inspect().held.get(api)?.machine;
const held = (by: string): Promise<boolean> =>
  eventually(
    () => holder() === by || undefined,
    () => stage.room.inspect(),
  );
const dropped = (): Promise<boolean> =>
  eventually(
    () => holder() === undefined || undefined,
    () => stage.room.inspect(),
  );
const violations = (): readonly string[] => stage.room.inspect().violations;

async function readyz(): Promise<string> {
  const admin = await clientFiles(stage, identity, "slipway:anybody");
  return stage.curl(...admin, `https://${api}:6443/readyz`);
}

test("nobody holds the API address while no server is ready, then one machine does, and servers join through it", async () => {
  await powerOn(1);
  await powerOn(2);
  await stage.says("load-balancer-1", "haproxy: Server api/server-1 is DOWN");
  expect(holder()).toBeUndefined();
  await server(1);
  await eventually(
    () => holder(),
    () => stage.room.inspect(),
  );
  expect(await readyz()).toBe("ok");
  await server(2);
  expect(violations()).toEqual([]);
});

test("a stranger is asked for a certificate, which HAProxy has", async () => {
  await server(1);
  await powerOn(1);
  await held("load-balancer-1");
  const [, ca = ""] = await clientFiles(stage, identity, "slipway:anybody");
  expect(
    await stage.curl("--cacert", ca, "-w", "%{http_code}", "-o", "/dev/null", `https://${api}:6443/readyz`),
  ).toBe("401");
});

test("the other machine takes the address when the first is powered off, and keeps it when that one is back", async () => {
  await server(1);
  const running = await powerOn(1);
  await held("load-balancer-1");
  await powerOn(2);
  await stage.says("load-balancer-2", "keepalived: (api) able");
  await running.powerOff();
  expect(holder()).toBe("load-balancer-2");
  expect(await readyz()).toBe("ok");
  await powerOn(1);
  await stage.says("load-balancer-1", "keepalived: (api) able");
  expect(holder()).toBe("load-balancer-2");
  expect(violations()).toEqual([]);
});

test("the address is dropped, and 9345 with it, when the servers that answer there are no longer ready", async () => {
  await powerOn(1);
  await server(1);
  await held("load-balancer-1");
  const running = await server(2);
  expect(await stage.curl("--insecure", `https://${api}:9345/ping`)).toBe("pong");
  await running.powerOff();
  await dropped();
  expect(await stage.curl("--insecure", "https://192.168.0.21:9345/ping")).toBe("pong");
  await expect(stage.curl("--insecure", `https://${api}:9345/ping`)).rejects.toThrow(/502/);
  await expect(readyz()).rejects.toThrow(/502/);
});

test.each<[string, string, string]>([
  ["the check shows no certificate", " crt /etc/slipway/load-balancer.pem", ""],
  ["the check asks for another path", "uri /readyz", "uri /ready"],
  ["the check expects another status", "expect status 200", "expect status 401"],
  ["the check expects another name", "verifyhost kubernetes.default.svc", "verifyhost server-9"],
  ["the servers are elsewhere", " 192.168.0.21:6443", " 192.168.0.41:6443"],
  ["its port is another", "bind 127.0.0.1:8404", "bind 127.0.0.1:8405"],
  ["keepalived's user does not exist", "script_user nobody nogroup", "script_user keepalived_script"],
  ["the card is called otherwise", "interface eth0", "interface ens18"],
  ["its own address is another's", `unicast_src_ip ${first}`, "unicast_src_ip 192.168.0.17"],
])("a machine never holds the address when %s", async (_, text, other) => {
  await server(1);
  await powerOn(1, (userData) => {
    expect(userData).toContain(text);
    return userData.replaceAll(text, other);
  });
  await powerOn(2);
  await held("load-balancer-2");
  expect(violations()).toEqual([]);
});

test.each<[string, string, string]>([
  ["its peer is another", `    ${first}\n`, "    192.168.0.17\n"],
  ["its number is another", "virtual_router_id 20", "virtual_router_id 21"],
])(
  "two machines that do not hear each other hold the address at once, which is a violation: %s",
  async (_, text, other) => {
    await server(1);
    await powerOn(1);
    await held("load-balancer-1");
    await powerOn(2, (userData) => userData.replace(text, other));
    await stage.says("load-balancer-2", "keepalived: (api) able");
    expect(violations()).toEqual([`${api} is held by load-balancer-1 and load-balancer-2 at once`]);
  },
);

test("a machine that has the API address by itself is a violation beside one that holds it", async () => {
  await server(1);
  await stage.powerOn(machine({ name: "stranger", address: api, mac: "BC:24:11:00:00:99" }));
  await powerOn(1);
  await held("load-balancer-1");
  expect(violations()).toEqual([`${api} is held by stranger and load-balancer-1 at once`]);
});

test("without nopreempt the first machine takes the address back", async () => {
  await server(1);
  await powerOn(2);
  await held("load-balancer-2");
  await powerOn(1, (userData) => userData.replace(/ +nopreempt\n/, ""));
  await held("load-balancer-1");
});
