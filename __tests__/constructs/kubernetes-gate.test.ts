import type { IncomingMessage } from "node:http";
import { type FakeLoadBalancer, startLoadBalancer } from "./fake-load-balancer";
import { type Answer, type Finished, type GateStand, runGate, standForGates } from "./gate-stand";

let stand: GateStand;

beforeAll(async () => {
  stand = await standForGates();
});
beforeEach(() => stand.seen.splice(0));
afterAll(() => stand.close());

test("waits until the node has joined and its kubelet calls it Ready, says each state once, and where to look meanwhile", async () => {
  stand.answer = inTurn(
    { lease: [404], node: [404] },
    { lease: [404], node: [404] },
    { lease: [404], node: [200, nodeOf("first", "False", "cni plugin not initialized")] },
    { lease: [404], node: [200, nodeOf("first", "True")] },
  );
  const { status, output } = await nodeReady({});
  expect(output.trim().split("\n")).toEqual([
    "waiting for worker-1, at most 1 minutes: the API answers, the node has not joined yet",
    "if that lasts, look at: the console of VM 1031",
    "waiting for worker-1, at most 1 minutes: not Ready: cni plugin not initialized",
    "worker-1: ready",
  ]);
  expect(status).toBe(0);
});

const restarting =
  "called Ready, as before a restart: its kubelet has not been heard twice since this wait began";

test("takes no Ready of before a restart: waits for that of the next boot", async () => {
  const lease: Answer = [200, renewedAt("10:00:00.000000Z")];
  stand.answer = inTurn(
    { lease, node: [200, nodeOf("first", "True")] },
    { lease, node: [200, nodeOf("second", "False", "container runtime is down")] },
    { lease, node: [200, nodeOf("second", "True")] },
  );
  const { status, output } = await nodeReady({});
  expect(output.trim().split("\n")).toEqual([
    `waiting for worker-1, at most 1 minutes: ${restarting}`,
    "if that lasts, look at: the console of VM 1031",
    "waiting for worker-1, at most 1 minutes: not Ready: container runtime is down",
    "worker-1: ready",
  ]);
  expect(status).toBe(0);
});

test("takes a machine's Ready that came up before the first look when its kubelet has renewed its Lease twice", async () => {
  const node: Answer = [200, nodeOf("second", "True")];
  stand.answer = inTurn(
    { lease: [200, renewedAt("10:00:00.000000Z")], node },
    { lease: [500], node },
    { lease: [200, renewedAt("10:01:03.000000Z")], node },
    { lease: [200, renewedAt("10:01:13.000000Z")], node },
  );
  const { status } = await nodeReady({});
  expect(status).toBe(0);
  expect(stand.seen).toHaveLength(8);
});

test("refuses a node that is called Ready and whose kubelet is never heard", async () => {
  stand.answer = inTurn({
    lease: [200, renewedAt("10:00:00.000000Z")],
    node: [200, nodeOf("first", "True")],
  });
  const { status, output } = await nodeReady({ WAIT_SECONDS: "0" });
  expect(status).toBe(1);
  expect(output).toContain(`worker-1 was not ready after 0 minutes: ${restarting}`);
});

test("asks a server at its own address whether it is ready, and tells which part is not", async () => {
  const answers: Answer[] = [
    [500, "[+]ping ok\n[-]etcd failed: reason withheld\nreadyz check failed\n"],
    [200, "ok"],
  ];
  stand.answer = () => answers.shift() ?? [500];
  const { status, output } = await kubernetes([`server/${new URL(stand.url).host}`], {
    API_URL: "https://192.0.2.1:6443",
  });
  expect(output.trim().split("\n")).toEqual([
    `waiting for the API of ${new URL(stand.url).host}, at most 1 minutes: the API answers that it is not ready: [-]etcd failed: reason withheld`,
    "if that lasts, look at: the console of VM 1031",
    `the API of ${new URL(stand.url).host}: ready`,
  ]);
  expect(status).toBe(0);
  expect(stand.seen.map(({ url }) => url)).toEqual(["/readyz", "/readyz"]);
});

test("refuses to wait for ever: says the last state and where to look", async () => {
  stand.answer = () => [403];
  const { status, output } = await nodeReady({ WAIT_SECONDS: "0" });
  expect(status).toBe(1);
  expect(output).toContain(
    "worker-1 was not ready after 0 minutes: the API refuses this cluster's administrator (HTTP 403)",
  );
  expect(output).toContain("look at: the console of VM 1031");
});

test("refuses an API that another authority vouches for", async () => {
  stand.answer = inTurn({
    lease: [200, renewedAt("10:00:00.000000Z")],
    node: [200, nodeOf("first", "True")],
  });
  const stranger = await stand.stranger();
  const { status, output } = await nodeReady({ AUTHORITY: stranger.certificatePem, WAIT_SECONDS: "0" });
  expect(status).toBe(1);
  expect(output).toContain("does not answer yet");
  expect(stand.seen).toHaveLength(0);
});

test("waits for each thing in turn, and asks for it where the API keeps it", async () => {
  const answers: Answer[] = [
    [404],
    [200, withCondition("Established", "True")],
    [200, withCondition("Available", "False", "Deployment does not have minimum availability.")],
    [200, withCondition("Available", "True")],
    [200, withAddress()],
    [200, withAddress("192.168.0.241")],
    [200, withAddress("192.168.0.240")],
  ];
  stand.answer = () => answers.shift() ?? [500];
  const { status, output } = await kubernetes([
    "crd/ingressroutes.traefik.io",
    "deployment/traefik/traefik",
    "address/traefik/traefik/192.168.0.240",
  ]);
  expect(output.trim().split("\n")).toEqual([
    "waiting for the kind ingressroutes.traefik.io, at most 1 minutes: the API answers, it is not there yet",
    "if that lasts, look at: the console of VM 1031",
    "the kind ingressroutes.traefik.io: ready",
    "waiting for deployment traefik in traefik, at most 1 minutes: not Available: Deployment does not have minimum availability.",
    "deployment traefik in traefik: ready",
    "waiting for address 192.168.0.240 of service traefik in traefik, at most 1 minutes: the load balancer has given it none yet",
    "waiting for address 192.168.0.240 of service traefik in traefik, at most 1 minutes: the load balancer gave it 192.168.0.241",
    "address 192.168.0.240 of service traefik in traefik: ready",
  ]);
  expect(status).toBe(0);
  expect([...new Set(stand.seen.map(({ url }) => url))]).toEqual([
    "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/ingressroutes.traefik.io",
    "/apis/apps/v1/namespaces/traefik/deployments/traefik",
    "/api/v1/namespaces/traefik/services/traefik",
  ]);
});

describe("a load balancer", () => {
  let loadBalancer: FakeLoadBalancer;
  beforeEach(async () => {
    loadBalancer = await startLoadBalancer();
  });
  afterEach(() => loadBalancer.close());

  const waiting = (): string => `waiting for load balancer ${loadBalancer.door}, at most 1 minutes`;
  const leading = (seconds: number, environment: Record<string, string> = {}): Promise<Finished> =>
    kubernetes([`load-balancer/${loadBalancer.door}/${seconds}`], environment);

  test("is there when it takes connections, before any server is", async () => {
    const { status, output } = await leading(20, { API_URL: nobody });
    expect(output).toBe(`load balancer ${loadBalancer.door}: ready\n`);
    expect(status).toBe(0);
  });

  test("refuses one whose door is closed, straight and through a proxy", async () => {
    await loadBalancer.shut();
    for (const proxy of [{}, { KUBE_PROXY_URL: loadBalancer.proxy.url }]) {
      const { status, output } = await leading(0, { API_URL: nobody, WAIT_SECONDS: "0", ...proxy });
      expect(status).toBe(1);
      expect(output).toContain("nobody takes connections there yet");
    }
  });

  test("is there for one who asks through a proxy, too", async () => {
    const { status } = await leading(20, { API_URL: nobody, KUBE_PROXY_URL: loadBalancer.proxy.url });
    expect(status).toBe(0);
  });

  test("has to lead to the API where that is ready, so long that it could take the API's address over", async () => {
    let asked = 0;
    stand.answer = () => {
      // The gate asks the API at its own address, having been led nowhere: then HAProxy finds a server.
      loadBalancer.leadsTo = Number(new URL(stand.url).port);
      asked += 1;
      return [200, "ok"];
    };
    const { status, output } = await leading(3);
    expect(output.trim().split("\n")).toEqual([
      `${waiting()}: it takes connections and leads them to no server, though the API is ready`,
      "if that lasts, look at: the console of VM 1031",
      `${waiting()}: it leads to the API, and can take the API's address over 3 seconds after it began to`,
      `load balancer ${loadBalancer.door}: ready`,
    ]);
    expect(status).toBe(0);
    expect(asked).toBeGreaterThan(2);
    expect(new Set(stand.seen.map(({ url }) => url))).toEqual(new Set(["/readyz"]));
  });
});

test("refuses a kind of thing it cannot wait for", async () => {
  const { status, output } = await kubernetes(["route/hello"]);
  expect(status).not.toBe(0);
  expect(output).toContain("this gate knows no route");
  expect(stand.seen).toHaveLength(0);
});

/** nobody answers here. */
const nobody = "https://127.0.0.1:1";

function nodeReady(environment: Record<string, string>): Promise<Finished> {
  return kubernetes(["node/worker-1"], environment);
}

function kubernetes(targets: readonly string[], environment: Record<string, string> = {}): Promise<Finished> {
  return runGate(["kubernetes.sh", ...targets], {
    API_URL: stand.url,
    AUTHORITY: stand.authority.certificatePem,
    CERTIFICATE: stand.certificate.certificatePem,
    KEY: stand.certificate.keyPem,
    WAIT_SECONDS: "60",
    LOOK_AT: "the console of VM 1031",
    ...environment,
  });
}

/** inTurn: a node and its Lease as they are at each look, the last of them from then on. */
function inTurn(
  ...looks: readonly { readonly lease: Answer; readonly node: Answer }[]
): (request: IncomingMessage) => Answer {
  let look = -1;
  return ({ url = "" }) => {
    if (url.endsWith("/kube-node-lease/leases/worker-1")) {
      look = Math.min(look + 1, looks.length - 1);
      return looks[look]?.lease ?? [500];
    }
    return looks[look]?.node ?? [500];
  };
}

function renewedAt(time: string): object {
  return { spec: { holderIdentity: "worker-1", renewTime: `2026-07-25T${time}` } };
}

function nodeOf(bootID: string, ready: "True" | "False", message = ""): object {
  return { status: { nodeInfo: { bootID }, conditions: [{ type: "Ready", status: ready, message }] } };
}

function withCondition(type: string, status: "True" | "False", message = ""): object {
  return { status: { conditions: [{ type, status, message }] } };
}

function withAddress(...addresses: readonly string[]): object {
  return { status: { loadBalancer: { ingress: addresses.map((ip) => ({ ip })) } } };
}
