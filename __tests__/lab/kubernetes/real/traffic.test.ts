import type { KubernetesObjectLike, ObjectReference } from "../../../../lab/kubernetes/contract";
import { askingHeaders } from "../../../../lab/kubernetes/real/pods/misbehaviour";
import {
  countByPod,
  dialingVisitor,
  type Received,
  send,
  tallyOf,
  visitorAddress,
} from "../../../../lab/kubernetes/real/requests";
import { application, ingressRoute, middleware, platform, pool, rule, service } from "./platform";
import { claimsInOwnNetwork } from "./own-network";
import { type RealStand, startRealStand } from "./stand";

claimsInOwnNetwork(__filename, () => {
  jest.setTimeout(180_000);
  const edge = { address: "192.168.0.240", port: 80 };
  let stand: RealStand;
  beforeAll(async () => {
    stand = await startRealStand([
      ["server-1", "192.168.0.21"],
      ["worker-1", "192.168.0.31"],
    ]);
    await stand.apply(...platform());
    await stand.apply(...pool(edge.address));
    await stand.apply(...application("stable", 2), ...application("next", 2));
    await stand.apply(...routes);
    await until("the routes are served", async () => {
      const answers = await Promise.all(hosts.map((host) => ask(host)));
      return answers.every(({ answer }) => answer !== undefined);
    });
  });
  afterAll(() => stand.close());
  afterEach(() => {
    expect(stand.reports).toEqual([]);
  });

  test("main.test.com/hello is answered through the real Traefik, by both pods of its Service", async () => {
    const received = await send(edge, visit("main.test.com", "/hello"), 20);
    expect(tallyOf(received)).toEqual({ by: new Map([["service stable", 20]]), failures: [] });
    expect([...countByPod(received).values()]).toEqual([10, 10]);
  });

  test("a path that no rule has is nobody's", async () => {
    const [received] = await send(edge, visit("main.test.com", "/other"), 1);
    expect(received?.status).toBe(404);
  });

  test("of 1000 requests ten in a hundred reach the new version", async () => {
    const { by, failures } = tallyOf(await send(edge, visit("canary.test.com"), 1000));
    expect(failures).toEqual([]);
    expect(by.get("service stable")).toBeGreaterThan(870);
    expect(by.get("service next")).toBeGreaterThan(70);
  });

  test("with its header every request reaches the new version", async () => {
    const received = await send(edge, visit("canary.test.com", "/", { "x-canary": "always" }), 20);
    expect(tallyOf(received).by).toEqual(new Map([["service next", 20]]));
  });

  test("a pod that refuses connections costs a request where the route does not retry, and none where it does", async () => {
    await send(edge, visit("main.test.com", "/hello", { [askingHeaders.refuse]: "2000" }), 1);
    const [plain, retried] = await Promise.all(
      ["plain.test.com", "retry.test.com"].map((host) => send(edge, visit(host), 40, { atOnce: 1 })),
    );
    expect(plain?.filter(({ status }) => status === 502).length).toBeGreaterThan(0);
    expect(retried?.filter(({ status }) => status !== 200)).toEqual([]);
  });

  test("a circuit breaker answers for pods that fail, and lets requests through again", async () => {
    await send(edge, visit("breaker.test.com", "/", { [askingHeaders.status]: "500" }), 50);
    await until("the breaker opens", async () => (await ask("breaker.test.com")).status === 503);
    await until("the breaker closes", async () => (await ask("breaker.test.com")).status === 200);
  });

  test("a rolling update loses not one request", async () => {
    const over = new AbortController();
    const sending = send(edge, visit("main.test.com", "/hello"), Infinity, {
      atOnce: 4,
      untilAborted: over.signal,
    });
    try {
      const before = new Set((await pods("stable")).map(({ metadata }) => metadata.name));
      await stand.apply(...application("stable", 2, { terminationGracePeriodSeconds: 20 }));
      await until("only new pods are left", async () => {
        const now = await pods("stable");
        return now.length === 2 && now.every(({ metadata }) => !before.has(metadata.name));
      });
    } finally {
      over.abort();
    }
    const received = await sending;
    expect(tallyOf(received).failures).toEqual([]);
    expect(countByPod(received).size).toBe(4);
  });

  test("without the announcement nobody answers at the address, and with it again somebody does", async () => {
    const [, announcement] = pool(edge.address);
    if (announcement === undefined) throw new Error("a pool without announcement");
    await stand.plane.deleteObject(reference(announcement));
    await until("nobody answers", async () => (await ask("main.test.com", "/hello")).status === undefined);
    await stand.apply(announcement);
    await until("somebody answers", async () => (await ask("main.test.com", "/hello")).status === 200);
  });

  test("an observer sees every object once, also of kinds that only an older version of their group has", async () => {
    const objects = await stand.plane.objects();
    const names = objects.map(({ apiVersion, kind, metadata: { namespace, name } }) => {
      return [apiVersion.split("/")[0], kind, namespace, name].join();
    });
    expect(objects).toContainEqual(expect.objectContaining({ kind: "IPAddressPool" }));
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });

  test("a visitor finds the edge by the objects, and says who answered", async () => {
    const visitor = dialingVisitor(stand.plane);
    const tally = await visitor.visit(visit("main.test.com", "/hello"), 10);
    expect(tally).toEqual({ by: new Map([["service stable", 10]]), failures: [] });
  });

  test("pods see the node that took the request in, and with policy Local the visitor", async () => {
    const direct = { address: "192.168.0.241", port: 80 };
    for (const [policy, seen] of [
      ["Cluster", /^192\.168\.0\.(21|31)$/],
      ["Local", new RegExp(`^${visitorAddress}$`)],
    ] as const) {
      await stand.apply(...pool(direct.address, "second"), service("stable", "stable-direct", policy));
      await until(`policy ${policy} holds`, async () => {
        const [received] = await send(direct, visit("direct.test.com"), 1);
        return seen.test(received?.answer?.peer ?? "");
      });
    }
  });

  test("a machine that is off takes its pods out of service, and brings them back", async () => {
    await stand.plane.setNodeReady("worker-1", false);
    await until("only server-1 answers", async () => {
      const received = await send(edge, visit("main.test.com", "/hello"), 10);
      return received.every(({ answer }) => answer?.node === "server-1");
    });
    await stand.plane.setNodeReady("worker-1", true);
    await until("both answer", async () => {
      const received = await send(edge, visit("main.test.com", "/hello"), 10);
      return new Set(received.map(({ answer }) => answer?.node)).size === 2;
    });
  });

  async function ask(host: string, path = "/hello"): Promise<Received> {
    const [received] = await send(edge, visit(host, path), 1);
    if (received === undefined) throw new Error("a request that did not end");
    return received;
  }

  async function pods(app: string): Promise<readonly KubernetesObjectLike[]> {
    const objects = await stand.plane.objects();
    return objects.filter(({ kind, metadata }) => kind === "Pod" && metadata.labels?.["app"] === app);
  }
});

const hosts = ["main.test.com", "canary.test.com", "retry.test.com", "plain.test.com", "breaker.test.com"];

const routes: readonly KubernetesObjectLike[] = [
  ingressRoute("main", rule("Host(`main.test.com`) && PathPrefix(`/hello`)", [{ name: "stable", port: 80 }])),
  ingressRoute(
    "canary",
    rule("Host(`canary.test.com`) && Header(`x-canary`, `always`)", [{ name: "next", port: 80 }]),
    rule("Host(`canary.test.com`)", [
      { name: "stable", port: 80, weight: 90 },
      { name: "next", port: 80, weight: 10 },
    ]),
  ),
  ingressRoute("plain", rule("Host(`plain.test.com`)", [{ name: "stable", port: 80 }])),
  middleware("again", { retry: { attempts: 3, initialInterval: "20ms" } }),
  ingressRoute("retry", rule("Host(`retry.test.com`)", [{ name: "stable", port: 80 }], "again")),
  middleware("breaker", {
    circuitBreaker: {
      expression: "ResponseCodeRatio(500, 600, 0, 600) > 0.3",
      checkPeriod: "100ms",
      fallbackDuration: "2s",
      recoveryDuration: "1s",
    },
  }),
  ingressRoute("breaker", rule("Host(`breaker.test.com`)", [{ name: "stable", port: 80 }], "breaker")),
];

function visit(host: string, path = "/", headers: Readonly<Record<string, string>> = {}) {
  return { url: `http://${host}${path}`, method: "GET", headers };
}

function reference({ apiVersion, kind, metadata }: KubernetesObjectLike): ObjectReference {
  const { name, namespace = "default" } = metadata;
  return { apiVersion, kind, name, namespace };
}

/** until it holds; what needs longer than a minute does not happen. */
async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 60_000;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`after a minute still not: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
