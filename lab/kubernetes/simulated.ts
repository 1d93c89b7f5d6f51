import { readCrds } from "../charts/crds";
import { certManagerControllers } from "./controllers/cert-manager";
import { definitionController } from "./controllers/api/definitions";
import { garbageCollector } from "./controllers/api/garbage";
import { namespaceController } from "./controllers/api/namespaces";
import type { Controller } from "./controllers/controller";
import { istioController } from "./controllers/istio";
import { metalLbControllers, metalLbVerdicts } from "./controllers/metallb";
import { endpointSliceController } from "./controllers/network/endpoint-slices";
import { Runner } from "./controllers/runner";
import { storageControllers } from "./controllers/storage";
import { systemUpgradeControllers } from "./controllers/system-upgrade";
import { daemonSetController } from "./controllers/workloads/daemon-set";
import { deploymentController } from "./controllers/workloads/deployment";
import { disruptionController } from "./controllers/workloads/disruption-budget";
import { jobController } from "./controllers/workloads/job";
import { kubelet } from "./controllers/workloads/kubelet";
import { nodeController } from "./controllers/workloads/nodes";
import { replicaSetController } from "./controllers/workloads/replica-set";
import { scheduler } from "./controllers/workloads/scheduler";
import { statefulSetController } from "./controllers/workloads/stateful-set";
import type {
  ControlPlane,
  ControlPlaneOptions,
  JsonObject,
  KubernetesObjectLike,
  NodeEvent,
  ObjectReference,
} from "./contract";
import { managedEtcdFinalizer, nodeLease } from "./contract";
import { listAt, objectAt } from "./json";
import { withCondition } from "./controllers/desk";
import type { Write } from "./store/admission";
import { Api, timestamp } from "./store/api";
import { kindNamed } from "./store/built-in/kinds";
import { createApiServer } from "./store/http/server";
import type { Kind } from "./store/kind";
import { ApiProblem } from "./store/problem";
import { seed } from "./store/seed";

/** SimulatedControlPlane can also be waited for. */
export interface SimulatedControlPlane extends ControlPlane {
  /** settled resolves when no controller has anything left to do. */
  settled(): Promise<void>;
}

/** manifestRetryMs: RKE2 tries a manifest again whose kind is not there yet. */
const manifestRetryMs = 50;
const manifestTries = 20;

/**
 * startSimulated is a control plane of the lab's own: an object store, an API server and controllers, with neither
 * etcd nor containers behind them.
 */
export function startSimulated(options: ControlPlaneOptions): Promise<SimulatedControlPlane> {
  const api = new Api(options, metalLbVerdicts);
  const runner = new Runner(api, controllersOf(api, options), (text) => {
    options.report(text);
  });
  seed(api);
  const node = kindNamed("Node");
  const lease = kindNamed("Lease");
  const write: Write = { manager: "rke2", validation: "Ignore" };
  const setStatus = (found: KubernetesObjectLike, status: JsonObject): void => {
    api.replace(node, { ...found, status }, { ...write, subresource: "status" });
  };

  return Promise.resolve({
    serve: (serving) =>
      Promise.resolve(
        createApiServer({
          api,
          serving,
          clientCa: options.tls["client-ca.crt"] ?? "",
          hasQuorum: () => options.hasQuorum(),
        }),
      ),
    registerNode(given) {
      const found = api.store.get(node, undefined, given.metadata.name);
      if (found === undefined) api.create(node, given, write);
      else {
        const labels = { ...found.metadata.labels, ...given.metadata.labels };
        const finalizers = [
          ...new Set([...(found.metadata.finalizers ?? []), ...(given.metadata.finalizers ?? [])]),
        ];
        api.replace(node, { ...found, metadata: { ...found.metadata, labels, finalizers } }, write);
        setStatus(api.get(node, undefined, given.metadata.name), objectAt(given, "status"));
      }
      return Promise.resolve();
    },
    setNodeReady(name, ready) {
      const found = api.store.get(node, undefined, name);
      if (found !== undefined) setStatus(found, withReady(found, ready));
      return Promise.resolve();
    },
    // A pod of this control plane is nothing but an object.
    machineStopped: () => Promise.resolve(),
    renewLease(name) {
      const owner = api.store.get(node, undefined, name);
      if (owner === undefined) return Promise.resolve();
      const given = nodeLease(owner);
      const found = api.store.get(lease, given.metadata.namespace, name);
      if (found === undefined) api.create(lease, given, write);
      else
        api.replace(lease, { ...found, ...given, metadata: { ...found.metadata, ...given.metadata } }, write);
      return Promise.resolve();
    },
    releaseNode(name) {
      const found = api.store.get(node, undefined, name);
      if (found !== undefined) {
        const finalizers = (found.metadata.finalizers ?? []).filter((one) => one !== managedEtcdFinalizer);
        api.replace(node, { ...found, metadata: { ...found.metadata, finalizers } }, write);
      }
      return Promise.resolve();
    },
    watchNodes(listener) {
      for (const found of api.store.list(node)) listener({ type: "present", node: found });
      api.store.subscribe(({ kind, before, after }) => {
        if (kind.kind === "Node" && kind.group === "") tell(listener, before, after);
      });
    },
    async apply(object) {
      for (let tries = 1; ; tries++) {
        const kind = api.kinds.of(object);
        if (kind !== undefined) {
          const { name, namespace = "default", ...metadata } = object.metadata;
          const home = kind.namespaced ? { namespace } : {};
          const placed = { ...object, metadata: { ...metadata, name, ...home } };
          api.apply(kind, placed, { manager: "deploy@rke2", validation: "Ignore", force: true });
          return;
        }
        if (tries === manifestTries)
          throw new Error(`no matches for kind "${object.kind}" in version "${object.apiVersion}"`);
        await new Promise((resolve) => setTimeout(resolve, manifestRetryMs));
      }
    },
    objects: () => Promise.resolve(api.store.all()),
    deleteObject(reference) {
      const kind = kindOf(api, reference);
      api.remove(kind, reference.namespace, reference.name);
      return Promise.resolve();
    },
    settled: () => runner.settled(),
    close() {
      runner.close();
      return Promise.resolve();
    },
  });
}

function controllersOf(api: Api, options: ControlPlaneOptions): readonly Controller[] {
  return [
    definitionController(api),
    namespaceController(api),
    garbageCollector(api),
    nodeController(options.clusterCidr),
    scheduler,
    kubelet,
    replicaSetController,
    deploymentController,
    statefulSetController,
    daemonSetController,
    jobController,
    disruptionController,
    endpointSliceController,
    ...metalLbControllers,
    ...certManagerControllers(),
    istioController,
    ...storageControllers,
    ...systemUpgradeControllers(readCrds(options.crdFolder), (text) => {
      options.report(text);
    }),
  ];
}

function kindOf(api: Api, { apiVersion, kind }: ObjectReference): Kind {
  const found = api.kinds.byName(apiVersion, kind);
  if (found === undefined)
    throw new ApiProblem(404, "NotFound", "the server could not find the requested resource");
  return found;
}

function withReady(node: KubernetesObjectLike, ready: boolean): JsonObject {
  const status = objectAt(node, "status");
  const condition = ready
    ? {
        type: "Ready",
        status: "True" as const,
        reason: "KubeletReady",
        message: "kubelet is posting ready status",
      }
    : {
        type: "Ready",
        status: "Unknown" as const,
        reason: "NodeStatusUnknown",
        message: "Kubelet stopped posting node status.",
      };
  const conditions = withCondition(listAt(status, "conditions"), {
    ...condition,
    lastHeartbeatTime: timestamp(),
  });
  return { ...status, conditions };
}

function tell(
  listener: (event: NodeEvent) => void,
  before: KubernetesObjectLike | undefined,
  after: KubernetesObjectLike | undefined,
): void {
  if (after !== undefined) listener({ type: "present", node: after });
  else if (before !== undefined) listener({ type: "gone", node: before });
}
