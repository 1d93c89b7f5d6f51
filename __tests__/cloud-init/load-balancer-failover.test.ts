import { once } from "node:events";
import { request } from "node:https";
import { setTimeout as pause } from "node:timers/promises";
import haproxyExample from "../../examples/ha-haproxy";
import { serverUserData } from "../../cloud-init/server";
import type { LoadBalancerNode } from "../../config/model";
import { clientCertificate } from "../../lab/network/certificate";
import { claimsInOwnNetwork } from "../lab/kubernetes/real/own-network";
import { clusterOf } from "./clusters";
import { identity } from "./living-cluster";
import { LoadBalancers, withoutPrograms } from "./load-balancer-stand";
import { type Outcome, ScratchMachine } from "./scratch-machine";

const cluster = clusterOf(haproxyExample);
const [first, second] = inFront();
const api = "192.168.0.20";
const [one, two, three] = ["192.168.0.21", "192.168.0.22", "192.168.0.23"];
const join = "/etc/rancher/rke2/config.yaml.d/40-join.yaml";

function inFront(): [LoadBalancerNode, LoadBalancerNode] {
  const [primary, other] = cluster.api.through === "haproxy" ? cluster.api.loadBalancers : [];
  if (primary === undefined || other === undefined) throw new Error("the example has no load balancers");
  return [primary, other];
}

claimsInOwnNetwork(__filename, claims, withoutPrograms);

function claims(): void {
  jest.setTimeout(120_000);
  let both: LoadBalancers;
  const machines: ScratchMachine[] = [];

  beforeEach(async () => {
    both = new LoadBalancers(cluster, await identity("server-1"));
  });
  afterEach(() => {
    for (const machine of machines.splice(0)) machine.remove();
    both.close();
  });

  const startBoth = async (): Promise<void> => {
    await both.start(first);
    await both.start(second);
  };

  const until = async (what: string, came: () => boolean | Promise<boolean>): Promise<void> => {
    const begun = performance.now();
    const end = begun + 40_000;
    while (!(await came())) {
      if (performance.now() > end)
        throw new Error(`${what} never came; holders: ${both.holders().join(", ")}`);
      await pause(100);
    }
    process.stderr.write(`${what}: ${((performance.now() - begun) / 1000).toFixed(1)} s\n`);
  };
  const held = (by: LoadBalancerNode): Promise<void> =>
    until(`${by.name} holds the address`, () => both.holders().join() === by.name);

  /** bootstrap of server-1, which asks address as the API's; its curl is the real one. */
  const bootstrap = async (address = api): Promise<Outcome & { readonly joins: string | undefined }> => {
    const [node] = cluster.servers;
    if (node === undefined) throw new Error("no server-1");
    const { known } = both;
    const document = serverUserData(cluster, node).replace(`API_ADDRESS=${api}`, `API_ADDRESS=${address}`);
    const secrets = {
      "server-ca.crt": known.server.certificatePem,
      "rejoin.crt": known.rejoin.certificatePem,
      "rejoin.key": known.rejoin.keyPem,
    };
    const machine = new ScratchMachine(document, secrets, {});
    machines.push(machine);
    return { ...(await machine.run("/usr/local/sbin/slipway-bootstrap")), joins: machine.read(join) };
  };

  /** ask through address with some user's certificate; the status, or undefined where nobody answers. */
  const ask = async (address = api, path = "/readyz"): Promise<number | undefined> => {
    const { certificatePem: cert, keyPem: key } = await clientCertificate(both.known.client, {
      commonName: "anybody",
    });
    const asked = request({
      host: address,
      port: 6443,
      path,
      cert,
      key,
      ca: both.known.server.certificatePem,
      agent: false,
    });
    asked.setTimeout(2000, () => asked.destroy(new Error("no answer")));
    asked.end();
    try {
      const [{ statusCode }] = await once(asked, "response");
      return Number(statusCode);
    } catch {
      return undefined;
    }
  };

  test("while no server is ready nobody is at the address, for HAProxy itself is not to be told from a server that hangs", async () => {
    await startBoth();
    await pause(12_000);
    expect(both.holders()).toEqual([]);
    const atHaproxy = await bootstrap(first.address);
    expect(atHaproxy.said).toContain(`somebody is at ${first.address} port 9345 and may be the cluster`);
    expect(atHaproxy.code).toBe(1);
    const { code, said } = await bootstrap();
    expect(said).toContain(`nobody at ${api}:9345`);
    expect(said).toContain("server-1 begins the cluster");
    expect(code).toBe(0);
  });

  test("a rebuilt server 1 joins through the address: through a server that is ready, and no kubelet that says it is one", async () => {
    const [living, starting] = [await both.serve(two), await both.serve(three)];
    starting.ready = false;
    const impostor = await both.serve(one, [one, "worker-1"]);
    await startBoth();
    await held(first);
    expect(await bootstrap()).toMatchObject({ code: 0, joins: `server: https://${api}:9345\n` });
    expect(living.asked).toContain("supervisor /ping");
    expect(living.asked).toContain("slipway:load-balancer GET /readyz");
    expect(living.asked).toContain("slipway:rejoin:server-1 GET /api/v1/nodes/server-1");
    expect(impostor.asked).toEqual([]);
    expect(new Set(starting.asked)).toEqual(new Set(["slipway:load-balancer GET /readyz"]));
  });

  test("the other machine takes the address when HAProxy dies, or the whole machine, and the first does not take it back", async () => {
    await both.serve(two);
    await startBoth();
    await held(first);
    await until("the address answers", async () => (await ask()) === 200);
    both.killHaproxy(first);
    await held(second);
    await until("the address answers again", async () => (await ask()) === 200);
    both.restartHaproxy(first);
    await pause(10_000);
    expect(both.holders()).toEqual([second.name]);
    both.cut(second);
    await held(first);
    await until("the address answers once more", async () => (await ask()) === 200);
  });

  test("what a server no longer ready was asked ends at once, and 9345 closes with 6443", async () => {
    const server = await both.serve(two);
    await startBoth();
    await held(first);
    const watch = await both.watch();
    server.ready = false;
    await until("the watch ends", () => watch.ended);
    await until("nobody holds the address", () => both.holders().length === 0);
    const { said } = await bootstrap();
    expect(said).toContain(`nobody at ${api}:9345`);
    expect(said).toContain(`the cluster answers at ${two}`);
  });
}
