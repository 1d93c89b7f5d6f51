import type { KubernetesObjectLike } from "../../../../lab/kubernetes/contract";
import { hasCondition } from "../../../../lab/kubernetes/controllers/desk";
import { listAt, textAt } from "../../../../lab/kubernetes/json";
import { deployment, service, startTestCluster, type TestCluster } from "../control-plane";

let cluster: TestCluster;
beforeEach(async () => {
  cluster = await startTestCluster();
  await cluster.addNode("worker-1", "192.168.0.31");
  await cluster.addNode("worker-2", "192.168.0.32");
});
afterEach(async () => {
  expect(cluster.reports).toEqual([]);
  await cluster.close();
});

const texts = (objects: readonly KubernetesObjectLike[], ...path: string[]): (string | undefined)[] =>
  objects.map((one) => textAt(one, ...path)).sort();

test("a Deployment becomes pods on every node, each with an address of its node's range, and a Service finds them", async () => {
  await cluster.apply(deployment("web"), service("web"));
  const web = await cluster.find("Deployment", "web");
  expect(hasCondition(web, "Available")).toBe(true);
  expect(web?.["status"]).toMatchObject({ observedGeneration: 1, availableReplicas: 2, updatedReplicas: 2 });
  const pods = await cluster.every("Pod", "default");
  expect(texts(pods, "spec", "nodeName")).toEqual(["worker-1", "worker-2"]);
  expect(texts(pods, "status", "podIP")).toEqual(["172.29.0.2", "172.29.1.2"]);
  const slices = await cluster.every("EndpointSlice", "default");
  const slice = slices.find(({ metadata }) => metadata.labels?.["kubernetes.io/service-name"] === "web");
  expect(slice?.["ports"]).toEqual([{ name: "http", port: 8080, protocol: "TCP" }]);
  const addresses = listAt(slice, "endpoints").map((one) => textAt(one, "addresses", 0));
  expect(addresses.sort()).toEqual(["172.29.0.2", "172.29.1.2"]);
});
