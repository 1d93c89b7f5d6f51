import { join } from "node:path";
import type { Cluster } from "../../config/model";
import type { ClusterLiteral } from "../../config/schema";
import { kubernetesAsked } from "../../cli/rehearsal/kubernetes";
import { requestsOf } from "../../cli/rehearsal/requests";
import { subjectOf } from "../../cli/rehearsal/subject";
import { loadModel } from "../../load-cluster";
import { clusterOf } from "../trace/cluster-objects";
import { exampleOf } from "./slipway";

test("the rehearsed site has every host, store and bridge that the file names, for what it names them", async () => {
  const { site } = await subjectOf(exampleOf("shared-storage"));
  expect(site.site.hosts.map(({ name }) => name)).toEqual(["pve1", "pve2", "pve3"]);
  expect(site.site.storages).toMatchObject([
    { id: "rbd", type: "rbd", shared: true, content: ["images", "rootdir"] },
    { id: "nfs", type: "nfs", shared: true, content: ["import", "iso", "snippets"] },
  ]);
});

test("each variant is the one before with one edit", async () => {
  const { original, oneMoreWorker, editedCloudInit, unprotected } = await subjectOf(exampleOf("ha"));
  const count = (layout: typeof original): number => layout.clusters[0]?.workers.length ?? 0;
  expect([original, oneMoreWorker, editedCloudInit, unprotected].map(count)).toEqual([3, 4, 4, 4]);
  const [before, edited, open] = [original, editedCloudInit, unprotected].map(({ file }) => literalIn(file));
  expect(edited?.network.dns).toEqual([...(before?.network.dns ?? []), "9.9.9.9"]);
  expect(edited?.protect).toBeUndefined();
  expect(open).toEqual({ ...edited, rke2: { ...edited?.rke2, initialise: "allowed" }, protect: false });
});

test("the router of the site leases only addresses that nothing in the file has", async () => {
  const { site } = await subjectOf(exampleOf("two-clusters"));
  expect(site.dhcp.addresses.length).toBeGreaterThan(8);
  for (const address of [...site.addresses, ...site.site.hosts.map((host) => host.address)]) {
    expect(site.dhcp.addresses).not.toContain(address);
  }
});

test("Kubernetes is the lab's own unless KUBE asks for a real one", () => {
  const clusters = clustersOf(exampleOf("canary"));
  expect(kubernetesAsked({}, clusters)).toBe("simulated");
  expect(kubernetesAsked({ KUBE: "" }, clusters)).toBe("simulated");
  expect(kubernetesAsked({ KUBE: "real" }, clusters)).toBe("real");
});

test("refuses any other value of KUBE, naming the one that works", () => {
  expect(() => kubernetesAsked({ KUBE: "kind" }, [])).toThrow('KUBE is "kind": the only value is real');
});

test("refuses a real Kubernetes for what does not run there, saying what", () => {
  const real = (clusters: readonly Cluster[]) => () => kubernetesAsked({ KUBE: "real" }, clusters);
  expect(real(clustersOf(exampleOf("two-sites")))).toThrow(
    "Cluster sites cannot be rehearsed with KUBE=real: cert-manager does not run there, and certificate a.com waits for it.",
  );
  expect(real([clusterOf(exampleOf("canary"), "istio")])).toThrow(
    "Cluster canary cannot be rehearsed with KUBE=real: its ingress is istio, and of all engines only Traefik runs there.",
  );
});

test("a canary's requests say what holds when pods fail", async () => {
  const { original, newVersion } = await subjectOf(exampleOf("canary"));
  expect(original.clusters[0]?.requests).toMatchObject([
    { headers: { "x-canary": "always" }, answer: { shares: { next: 100 } } },
    {
      answer: { shares: { stable: 90, next: 10 } },
      isRetried: true,
      breaker: { failures: 3, pauseSeconds: 10 },
    },
  ]);
  expect(newVersion?.services).toEqual(["stable", "next"]);
  const [stable] = clustersOf(newVersion?.file ?? "").flatMap(({ services }) => services);
  expect(stable).toMatchObject({
    workload: { pod: { containers: [{ image: "docker.io/traefik/whoami:rehearsed" }] } },
  });
});

test("each host is asked for a path that no rule has, where there is one", () => {
  const urls = (file: string) =>
    clustersOf(file).flatMap((cluster) =>
      requestsOf(cluster).flatMap(({ url, answer }) => (answer.kind === "nobody" ? [url] : [])),
    );
  expect(urls(join(__dirname, "..", "..", "cluster.ts"))).toEqual([
    "https://main.test.com/nobody-serves-this",
  ]);
  expect(urls(exampleOf("two-sites"))).toEqual([]);
});

test("a route is asked for through the proxy in front where that leads to it, and as it ends TLS", () => {
  const asked = clustersOf(exampleOf("edge")).flatMap((cluster) =>
    requestsOf(cluster).map(({ url, through }) => `${url} ${through ?? "inside"}`),
  );
  expect(asked).toEqual([
    "https://shop.test.com/ 192.168.0.100",
    "https://shop.test.com/files 192.168.0.100",
    "https://any.test.com/ 192.168.0.100",
    "https://bank.test.com/ 192.168.0.100",
    "https://example.org/ 192.168.0.100",
    "http://inside.test.com/ inside",
  ]);
});

function clustersOf(file: string): readonly Cluster[] {
  return loadModel(file).model.clusters;
}

function literalIn(file: string): ClusterLiteral {
  const { default: literal } = jest.requireActual<{ default: ClusterLiteral }>(join(file));
  return literal;
}
