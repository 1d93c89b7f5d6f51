import type { Cluster } from "../../config/model";
import { resolve } from "../../config/resolve";
import { exposed } from "../clusters/exposed";
import { home } from "../clusters/home";

/** A service as short as it can be written, and a route to it. */
const hello = { image: "hello:1", port: 8080 };
const site = { ...home, services: { hello }, routes: [{ host: "main.test.com", paths: { "/": "hello" } }] };

describe("a service gets what keeps it up", () => {
  test("two replicas are replaced without one missing, spread, and a drain takes one at a time", () => {
    expect(workloadOf({ ...hello, replicas: 2 })).toMatchObject({
      kind: "Deployment",
      strategy: { type: "RollingUpdate", maxSurge: 1, maxUnavailable: 0 },
      revisionHistoryLimit: 10,
      minReadySeconds: 5,
      progressDeadlineSeconds: 600,
      disruptionBudget: { maxUnavailable: 1 },
      selector: { matchLabels: { "app.kubernetes.io/name": "hello" }, matchExpressions: [] },
      pod: { maxSkew: 1, user: 65532, group: 65532, restartPolicy: "Always" },
    });
  });

  test("one replica has no budget, or no drain would end", () => {
    expect(workloadOf(hello)).not.toHaveProperty("disruptionBudget");
    expect(workloadOf(hello)).not.toHaveProperty("pod.maxSkew");
  });

  test("a container with a port sleeps 5 s before it ends, and its pod has 25 s more", () => {
    expect(podOf(hello)).toMatchObject({
      terminationGracePeriodSeconds: 30,
      containers: [{ name: "hello", lifecycle: { preStop: { kind: "sleep", seconds: 5 } } }],
    });
    expect(podOf({ ...hello, lifecycle: { preStop: { sleep: "20s" } } })).toMatchObject({
      terminationGracePeriodSeconds: 45,
    });
    expect(podOf({ image: "quiet:1" })).toMatchObject({ containers: [{ lifecycle: {} }] });
  });

  test("a promise of memory is never above the limit", () => {
    const resources = { limits: { memory: "32 MiB" } };
    expect(podOf({ ...hello, resources })).toMatchObject({
      containers: [{ resources: { requests: { cpu: 50, memory: 32 }, limits: { memory: 32 } } }],
    });
    expect(podOf(hello)).toMatchObject({
      containers: [{ resources: { requests: { cpu: 50, memory: 64 }, limits: {} } }],
    });
  });

  test("a probe that names no port asks the container's first", () => {
    expect(
      podOf({ ...hello, probes: { readiness: { http: "/health" }, liveness: { tcp: true } } }),
    ).toMatchObject({
      containers: [
        {
          probes: {
            readiness: {
              check: { kind: "http", path: "/health", port: 8080, scheme: "HTTP" },
              initialDelaySeconds: 0,
              periodSeconds: 10,
              timeoutSeconds: 1,
              failureThreshold: 3,
              successThreshold: 1,
            },
            liveness: { check: { kind: "tcp", port: 8080 } },
          },
        },
      ],
    });
  });
});

describe("each kind of workload is itself", () => {
  const services = only({ ...home, ...exposed }).services;
  const named = (name: string) => services.find((service) => service.name === name);

  test("a StatefulSet's volume with a size is a claim of each pod, mounted where the volume says", () => {
    expect(named("db")).toMatchObject({
      exposure: { type: "headless", ports: [{ name: "postgres", port: 5432, targetPort: 5432 }] },
      workload: {
        kind: "StatefulSet",
        claims: { data: { size: 10, storageClass: "local", accessMode: "ReadWriteOnce" } },
        pod: { volumes: [], containers: [{ mounts: [{ path: "/data", volume: "data", readOnly: false }] }] },
      },
    });
  });

  test("a Job ends, is counted, and has no Service", () => {
    expect(named("once")).toMatchObject({
      workload: {
        kind: "Job",
        completions: 2,
        parallelism: 2,
        backoffLimit: 1,
        activeDeadlineSeconds: 3600,
        pod: { restartPolicy: "Never" },
      },
    });
    expect(named("once")).not.toHaveProperty("exposure");
    expect(named("nightly")).toMatchObject({
      workload: {
        kind: "CronJob",
        timeZone: "Asia/Seoul",
        job: { kind: "Job", ttlSecondsAfterFinished: 86_400, pod: { restartPolicy: "OnFailure" } },
      },
    });
  });

  test("a sidecar stays and sleeps like the others; an init container has neither probe nor hook", () => {
    expect(named("many")).toMatchObject({
      workload: {
        pod: {
          initContainers: [
            { name: "migrate", sidecar: false, lifecycle: {}, probes: {} },
            { name: "proxy", sidecar: true },
          ],
          containers: [
            { name: "app", mounts: [] },
            { name: "helper", mounts: [{ path: "/data", volume: "data" }] },
          ],
        },
      },
    });
  });

  test("ports keep their names, and a node port and a Service's own port are the first one's", () => {
    expect(named("old")).toMatchObject({
      exposure: {
        type: "NodePort",
        ports: [
          { name: "http", port: 80, targetPort: 8080, nodePort: 30080, transport: "TCP", protocol: "http" },
        ],
        externalTrafficPolicy: "Cluster",
      },
    });
    expect(named("many")).toMatchObject({
      exposure: {
        type: "LoadBalancer",
        ports: [
          { name: "web", port: 8080, protocol: "h2c" },
          { name: "admin", port: 9000, protocol: "http" },
        ],
        address: "192.168.0.242",
        pool: "public",
        share: "many",
        externalTrafficPolicy: "Local",
      },
    });
  });

  test("configuration is mounted to be read only", () => {
    expect(named("hello")).toMatchObject({
      workload: {
        pod: {
          containers: [
            {
              mounts: [
                { path: "/etc/app", volume: "settings", readOnly: true },
                { path: "/etc/key", volume: "key", readOnly: true },
                { path: "/tmp", volume: "scratch", readOnly: false },
              ],
            },
          ],
        },
      },
    });
  });

  test("a name outside speaks https on 443 and http elsewhere, unless it is said", () => {
    const external = (port: number) =>
      only({ ...home, services: { navi: { external: "api.test.com", port } } }).services[0];
    expect(external(443)).toMatchObject({ kind: "external", host: "api.test.com", protocol: "https" });
    expect(external(8443)).toMatchObject({ protocol: "http" });
  });
});

describe("secrets and certificates are names of variables", () => {
  const { secrets, certificates, issuers, namespaces } = only({ ...home, ...exposed });

  test("a secret that an issuer reads lies where cert-manager looks, the others beside the services", () => {
    expect(secrets.map(({ name, namespace, revision }) => `${namespace}/${name} ${revision}`)).toEqual([
      "apps/key 2",
      "apps/admins 1",
      "cert-manager/cloudflare 1",
      "cert-manager/tsig 1",
    ]);
    expect(secrets[1]).toMatchObject({ type: "htpasswd", keys: { auth: "admins_htpasswd" } });
    expect(namespaces).toEqual(["apps", "other"]);
  });

  test("one from a variable is for its own name and those below, one from an issuer for its own name", () => {
    const written = {
      "test.com": { fromVariable: "test_com" },
      "a.com": { issuer: "internal" },
      "old.com": { inProxy: "old" },
    };
    const short = only({ ...home, issuers: { internal: { selfSigned: true } }, certificates: written });
    expect(short.certificates).toEqual([
      {
        name: "test.com",
        names: ["test.com", "*.test.com"],
        source: { kind: "variable", certificate: "test_com_certificate", key: "test_com_key", revision: 1 },
      },
      { name: "a.com", names: ["a.com"], source: { kind: "issuer", issuer: "internal" } },
      { name: "old.com", names: ["old.com", "*.old.com"], source: { kind: "in-proxy", idOrName: "old" } },
    ]);
    expect(short.issuers).toEqual([
      { name: "internal", authority: { kind: "self-signed", commonName: "home internal" } },
    ]);
    expect(certificates[1]).toMatchObject({ names: ["a.com", "www.a.com"] });
  });

  test("Let's Encrypt is production unless it says staging, and DNS-01 is what proves a wildcard", () => {
    expect(issuers.map(({ authority }) => authority)).toMatchObject([
      { kind: "self-signed", commonName: "home authority" },
      { server: "https://acme-staging-v02.api.letsencrypt.org/directory", challenge: { kind: "http01" } },
      {
        server: "https://acme-v02.api.letsencrypt.org/directory",
        challenge: { kind: "dns01", zones: ["test.com"], provider: { kind: "cloudflare", key: "api-token" } },
      },
      {
        server: "https://acme.test.com/directory",
        challenge: { zones: [], provider: { kind: "rfc2136", tsigAlgorithm: "HMACSHA512" } },
      },
    ]);
  });
});

describe("the ingress", () => {
  test("has two replicas, logs, and believes the edge proxy and nobody else", () => {
    expect(only(home).ingress).toEqual({
      engine: "traefik",
      address: "192.168.0.240",
      replicas: 2,
      trusts: ["192.168.0.100"],
      proxyProtocol: [],
      accessLogs: true,
      metrics: false,
    });
    expect(only({ ...home, edge: undefined }).ingress?.trusts).toEqual([]);
  });

  test("of gateway-api is carried by Traefik unless it says Istio", () => {
    const engine = (more: object) =>
      only({ ...home, ingress: { controller: "gateway-api", address: "192.168.0.240", ...more } }).ingress
        ?.engine;
    expect(engine({})).toBe("gateway-api/traefik");
    expect(engine({ carriedBy: "istio" })).toBe("gateway-api/istio");
  });
});

describe("inside, a host resolves to where its scheme and certificate are served", () => {
  const edge = { certificate: "a.com" };
  const certificates = { "a.com": { fromVariable: "a" } };
  const dnsOf = (route: object, more: object = {}) =>
    only({ ...site, certificates, routes: [{ paths: { "/": "hello" }, ...route }], dns: {}, ...more }).dns;

  test.each([
    ["TLS at the ingress", { host: "a.com", tls: "a.com" }, "192.168.0.240"],
    ["TLS at the ingress and an edge", { host: "a.com", tls: "a.com", edge }, "192.168.0.240"],
    ["TLS at the edge", { host: "a.com", edge }, "192.168.0.100"],
    ["no TLS", { host: "a.com" }, "192.168.0.240"],
  ])("%s", (_, route, address) => {
    expect(dnsOf(route)?.hosts).toEqual({ "a.com": address });
  });

  test("a wildcard is a zone of its own", () => {
    expect(dnsOf({ host: "*.a.com" })).toMatchObject({ hosts: {}, wildcards: { "a.com": "192.168.0.240" } });
  });

  test("what the file says itself wins, and it can say no", () => {
    expect(dnsOf({ host: "a.com" }, { dns: { hosts: { "a.com": "192.168.0.9" } } })?.hosts).toEqual({
      "a.com": "192.168.0.9",
    });
    expect(dnsOf({ host: "a.com" }, { dns: { routes: false } })?.hosts).toEqual({});
  });

  test("a file without dns leaves RKE2's own alone, so that a route changes nothing that others share", () => {
    expect(only(site).dns).toBeUndefined();
  });
});

function workloadOf(service: object) {
  const [first] = only({ ...home, services: { hello: service } }).services;
  return first?.kind === "workload" ? first.workload : undefined;
}

function podOf(service: object) {
  const workload = workloadOf(service);
  return workload !== undefined && "pod" in workload ? workload.pod : undefined;
}

function only(literal: unknown): Cluster {
  const [cluster] = resolve([literal]).model.clusters;
  if (cluster === undefined) throw new Error("one literal makes one cluster");
  return cluster;
}
