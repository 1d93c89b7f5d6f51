import { join } from "node:path";
import type { ClusterLiteral } from "../../config/schema";
import { kubernetesAsked } from "../../cli/rehearsal/kubernetes";
import { subjectOf } from "../../cli/rehearsal/subject";
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
  expect(open).toEqual({ ...edited, protect: false });
});

test("the router of the site leases only addresses that nothing in the file has", async () => {
  const { site } = await subjectOf(exampleOf("two-clusters"));
  expect(site.dhcp.addresses.length).toBeGreaterThan(8);
  for (const address of [...site.addresses, ...site.site.hosts.map((host) => host.address)]) {
    expect(site.dhcp.addresses).not.toContain(address);
  }
});

test("Kubernetes is the lab's own unless KUBE asks for a real one", () => {
  expect([{}, { KUBE: "" }, { KUBE: "real" }].map(kubernetesAsked)).toEqual([
    "simulated",
    "simulated",
    "real",
  ]);
});

test("refuses any other value of KUBE, naming the one that works", () => {
  expect(() => kubernetesAsked({ KUBE: "kind" })).toThrow('KUBE is "kind": the only value is real');
});

function literalIn(file: string): ClusterLiteral {
  const { default: literal } = jest.requireActual<{ default: ClusterLiteral }>(join(file));
  return literal;
}
