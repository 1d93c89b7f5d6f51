import type { Json, JsonObject, KubernetesObjectLike } from "../../contract";
import { at, listAt, numberAt, recordAt, sameJson, textAt } from "../../json";
import { suffix } from "../../store/api";
import { hasLabels } from "../../store/selector";
import { changed, type Controller, keyOf, readKey } from "../controller";
import { hasCondition, ownerReference } from "../desk";

const discovery = "discovery.k8s.io/v1";
const serviceLabel = "kubernetes.io/service-name";
const managedBy = "endpointslice-controller.k8s.io";

/** endpointSliceController lists the pods behind each Service that has a selector, with their ports resolved. */
export const endpointSliceController: Controller = {
  name: "endpointslice-controller",
  concerned(change, desk) {
    const object = changed(change);
    if (object.apiVersion === discovery)
      return change.after === undefined
        ? [`${object.metadata.namespace ?? ""}/${object.metadata.labels?.[serviceLabel] ?? ""}`]
        : [];
    if (object.apiVersion !== "v1") return [];
    if (object.kind === "Service") return [keyOf(object)];
    if (object.kind !== "Pod") return [];
    const states = [change.before, change.after].flatMap((state) => (state === undefined ? [] : [state]));
    return desk
      .every("v1", "Service", object.metadata.namespace)
      .filter((service) => states.some((pod) => isBehind(pod, service)))
      .map(keyOf);
  },
  reconcile(key, desk) {
    const { namespace, name } = readKey(key);
    const service = desk.find("v1", "Service", name, namespace);
    const slices = desk
      .every(discovery, "EndpointSlice", namespace)
      .filter(
        ({ metadata }) =>
          metadata.labels?.[serviceLabel] === name &&
          metadata.labels["endpointslice.kubernetes.io/managed-by"] === managedBy,
      );
    if (service === undefined || !hasSelector(service)) {
      for (const slice of slices) desk.remove(slice);
      return undefined;
    }
    const pods = desk
      .every("v1", "Pod", namespace)
      .filter((pod) => isBehind(pod, service) && hasAddress(pod));
    const wanted = slicesOf(service, pods);
    for (const [index, content] of wanted.entries()) {
      const old = slices[index];
      if (old === undefined) desk.create({ ...sliceOf(service), ...content });
      else if (!sameJson(old["endpoints"], content["endpoints"]) || !sameJson(old["ports"], content["ports"]))
        desk.update({ ...old, ...content });
    }
    for (const slice of slices.slice(wanted.length)) desk.remove(slice);
    return undefined;
  },
};

/** slicesOf: pods that resolve the Service's ports alike share a slice; a Service without pods keeps an empty one. */
function slicesOf(
  service: KubernetesObjectLike,
  pods: readonly KubernetesObjectLike[],
): readonly JsonObject[] {
  const groups = new Map<string, { ports: readonly JsonObject[]; endpoints: JsonObject[] }>();
  for (const pod of [...pods].sort((one, other) => (one.metadata.name < other.metadata.name ? -1 : 1))) {
    const ports = portsOf(service, pod);
    const group = groups.get(JSON.stringify(ports)) ?? { ports, endpoints: [] };
    groups.set(JSON.stringify(ports), group);
    group.endpoints.push(endpointOf(service, pod));
  }
  return groups.size === 0 ? [{ ports: [], endpoints: [] }] : [...groups.values()];
}

function portsOf(service: KubernetesObjectLike, pod: KubernetesObjectLike): readonly JsonObject[] {
  return listAt(service, "spec", "ports").flatMap((port): JsonObject[] => {
    const number = targetPort(port, pod);
    if (number === undefined) return [];
    const appProtocol = textAt(port, "appProtocol");
    return [
      {
        name: textAt(port, "name") ?? "",
        port: number,
        protocol: textAt(port, "protocol") ?? "TCP",
        ...(appProtocol === undefined ? {} : { appProtocol }),
      },
    ];
  });
}

/** targetPort is a number, or the name of a container's port. */
function targetPort(port: Json, pod: KubernetesObjectLike): number | undefined {
  const wanted = at(port, "targetPort") ?? at(port, "port");
  if (typeof wanted === "number") return wanted;
  const named = listAt(pod, "spec", "containers")
    .flatMap((container) => listAt(container, "ports"))
    .find((one) => textAt(one, "name") === wanted && textAt(one, "protocol") === textAt(port, "protocol"));
  return numberAt(named, "containerPort");
}

function endpointOf(service: KubernetesObjectLike, pod: KubernetesObjectLike): JsonObject {
  const isServing = hasCondition(pod, "Ready");
  const isTerminating = pod.metadata.deletionTimestamp !== undefined;
  const always = at(service, "spec", "publishNotReadyAddresses") === true;
  const nodeName = textAt(pod, "spec", "nodeName");
  const hostname =
    textAt(pod, "spec", "subdomain") === service.metadata.name ? textAt(pod, "spec", "hostname") : undefined;
  const { name, namespace = "", uid = "" } = pod.metadata;
  return {
    addresses: [textAt(pod, "status", "podIP") ?? ""],
    conditions: {
      ready: always || (isServing && !isTerminating),
      serving: isServing,
      terminating: isTerminating,
    },
    targetRef: { kind: "Pod", name, namespace, uid },
    ...(nodeName === undefined ? {} : { nodeName }),
    ...(hostname === undefined ? {} : { hostname }),
  };
}

function sliceOf(service: KubernetesObjectLike): KubernetesObjectLike {
  const { name, namespace } = service.metadata;
  return {
    apiVersion: discovery,
    kind: "EndpointSlice",
    metadata: {
      name: `${name}-${suffix()}`,
      ...(namespace === undefined ? {} : { namespace }),
      labels: { [serviceLabel]: name, "endpointslice.kubernetes.io/managed-by": managedBy },
      ownerReferences: [ownerReference(service)],
    },
    addressType: "IPv4",
  };
}

function hasSelector(service: KubernetesObjectLike): boolean {
  return (
    textAt(service, "spec", "type") !== "ExternalName" &&
    Object.keys(recordAt(service, "spec", "selector")).length > 0
  );
}

function isBehind(pod: KubernetesObjectLike, service: KubernetesObjectLike): boolean {
  return hasSelector(service) && hasLabels(recordAt(service, "spec", "selector"), pod.metadata.labels ?? {});
}

function hasAddress(pod: KubernetesObjectLike): boolean {
  const phase = textAt(pod, "status", "phase");
  return textAt(pod, "status", "podIP") !== undefined && phase !== "Succeeded" && phase !== "Failed";
}
