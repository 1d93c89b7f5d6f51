import type { JsonObject, KubernetesObjectLike } from "../../contract";
import { listAt, numberAt, objectAt, recordAt, textAt } from "../../json";
import { changed, type Controller, keyOf, readKey } from "../controller";
import { type Desk, hasCondition, ownerReference, withCondition } from "../desk";
import { running } from "../installation";

const gateways = "gateway.networking.k8s.io/v1";
const controllerName = "istio.io/gateway-controller";

/**
 * istioController makes the GatewayClass istio, and for each Gateway of it a Deployment and a Service
 * `<gateway>-istio` (istio: pilot/pkg/config/kube/gateway/deploymentcontroller.go).
 */
export const istioController: Controller = {
  name: "istiod",
  concerned(change, desk) {
    const object = changed(change);
    if (object.apiVersion === gateways && object.kind === "Gateway") return [keyOf(object)];
    if (object.kind === "Service" || object.kind === "Deployment") {
      const owner = object.metadata.ownerReferences?.find(({ kind }) => kind === "Gateway");
      const own = owner === undefined ? [] : [`${object.metadata.namespace ?? ""}/${owner.name}`];
      return object.metadata.labels?.["app"] === "istiod" ? ["/istio", ...all(desk)] : own;
    }
    return object.kind === "CustomResourceDefinition" ? ["/istio", ...all(desk)] : [];
  },
  reconcile(key, desk) {
    if (running(desk, { app: "istiod" }) === undefined) return undefined;
    const { namespace, name } = readKey(key);
    if (namespace === "") {
      if (desk.knows(gateways, "GatewayClass")) makeClass(desk);
      return undefined;
    }
    const gateway = desk.find(gateways, "Gateway", name, namespace);
    if (gateway === undefined || gateway.metadata.deletionTimestamp !== undefined || !isOurs(gateway, desk))
      return undefined;
    for (const object of [accountOf(gateway), deploymentOf(gateway), serviceOf(gateway)]) desk.put(object);
    desk.setStatus(gateway, statusOf(gateway, desk));
    return undefined;
  },
};

function all(desk: Desk): readonly string[] {
  return desk.every(gateways, "Gateway").map(keyOf);
}

function makeClass(desk: Desk): void {
  const known = desk.find(gateways, "GatewayClass", "istio");
  const made =
    known ??
    desk.create({
      apiVersion: gateways,
      kind: "GatewayClass",
      metadata: { name: "istio" },
      spec: { controllerName, description: "The default Istio GatewayClass" },
    });
  const conditions = withCondition(
    listAt(made, "status", "conditions"),
    accepted("Handled by Istio controller"),
  );
  desk.setStatus(made, { conditions });
}

function isOurs(gateway: KubernetesObjectLike, desk: Desk): boolean {
  const name = textAt(gateway, "spec", "gatewayClassName") ?? "";
  return textAt(desk.find(gateways, "GatewayClass", name), "spec", "controllerName") === controllerName;
}

function metadataOf(gateway: KubernetesObjectLike): KubernetesObjectLike["metadata"] {
  const { name, namespace } = gateway.metadata;
  const annotations = recordAt(gateway, "spec", "infrastructure", "annotations");
  return {
    name: `${name}-istio`,
    ...(namespace === undefined ? {} : { namespace }),
    labels: { ...recordAt(gateway, "spec", "infrastructure", "labels"), ...labelsOf(gateway) },
    ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
    ownerReferences: [ownerReference(gateway)],
  };
}

function labelsOf({ metadata: { name } }: KubernetesObjectLike): Readonly<Record<string, string>> {
  return {
    "gateway.networking.k8s.io/gateway-name": name,
    "gateway.networking.k8s.io/gateway-class-name": "istio",
  };
}

function accountOf(gateway: KubernetesObjectLike): KubernetesObjectLike {
  return { apiVersion: "v1", kind: "ServiceAccount", metadata: metadataOf(gateway) };
}

function deploymentOf(gateway: KubernetesObjectLike): KubernetesObjectLike {
  const labels = labelsOf(gateway);
  const name = `${gateway.metadata.name}-istio`;
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: metadataOf(gateway),
    spec: {
      selector: { matchLabels: { "gateway.networking.k8s.io/gateway-name": gateway.metadata.name } },
      template: {
        metadata: { labels: { ...labels, ...recordAt(gateway, "spec", "infrastructure", "labels") } },
        spec: {
          serviceAccountName: name,
          securityContext: { sysctls: [{ name: "net.ipv4.ip_unprivileged_port_start", value: "0" }] },
          containers: [proxy],
        },
      },
    },
  };
}

const proxy: JsonObject = {
  name: "istio-proxy",
  image: "docker.io/istio/proxyv2",
  args: ["proxy", "router"],
  ports: [{ name: "status-port", containerPort: 15021, protocol: "TCP" }],
  readinessProbe: { httpGet: { path: "/healthz/ready", port: 15021 } },
  securityContext: {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ["ALL"] },
    runAsNonRoot: true,
    runAsUser: 1337,
    seccompProfile: { type: "RuntimeDefault" },
  },
};

function serviceOf(gateway: KubernetesObjectLike): KubernetesObjectLike {
  const ports = new Map<number, JsonObject>([
    [15021, { name: "status-port", port: 15021, protocol: "TCP", appProtocol: "tcp" }],
  ]);
  for (const listener of listAt(gateway, "spec", "listeners")) {
    const port = numberAt(listener, "port") ?? 0;
    const name = (textAt(listener, "name") ?? "").toLowerCase();
    const appProtocol = (textAt(listener, "protocol") ?? "HTTP").toLowerCase();
    if (!ports.has(port)) ports.set(port, { name, port, protocol: "TCP", appProtocol });
  }
  const [address] = listAt(gateway, "spec", "addresses");
  const asked = textAt(address, "value");
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: metadataOf(gateway),
    spec: {
      type: "LoadBalancer",
      selector: { "gateway.networking.k8s.io/gateway-name": gateway.metadata.name },
      ports: [...ports.values()],
      ...(asked === undefined ? {} : { loadBalancerIP: asked }),
    },
  };
}

function statusOf(gateway: KubernetesObjectLike, desk: Desk): JsonObject {
  const { name, namespace } = gateway.metadata;
  const service = desk.find("v1", "Service", `${name}-istio`, namespace);
  const deployment = desk.find("apps/v1", "Deployment", `${name}-istio`, namespace);
  const addresses = listAt(service, "status", "loadBalancer", "ingress").map((one) => ({
    type: "IPAddress",
    value: textAt(one, "ip") ?? "",
  }));
  const isProgrammed = addresses.length > 0 && hasCondition(deployment, "Available");
  const observedGeneration = gateway.metadata.generation ?? 1;
  const conditions = withCondition(
    withCondition(listAt(gateway, "status", "conditions"), {
      ...accepted("Resource accepted"),
      observedGeneration,
    }),
    {
      type: "Programmed",
      status: isProgrammed ? "True" : "False",
      reason: isProgrammed ? "Programmed" : "AddressNotAssigned",
      message: isProgrammed
        ? `Resource programmed, assigned to service(s) ${name}-istio.${namespace ?? ""}.svc.cluster.local`
        : `Assigned to service(s) ${name}-istio.${namespace ?? ""}.svc.cluster.local, but it has no address yet`,
      observedGeneration,
    },
  );
  return {
    ...objectAt(gateway, "status"),
    addresses,
    conditions,
    listeners: listAt(gateway, "spec", "listeners").map((listener) => ({
      name: textAt(listener, "name") ?? "",
      attachedRoutes: 0,
      supportedKinds: [{ group: "gateway.networking.k8s.io", kind: "HTTPRoute" }],
      conditions: withCondition(
        listenerConditions(gateway, textAt(listener, "name")),
        accepted("No errors found"),
      ),
    })),
  };
}

function listenerConditions(
  gateway: KubernetesObjectLike,
  name: string | undefined,
): ReturnType<typeof listAt> {
  const known = listAt(gateway, "status", "listeners").find((one) => textAt(one, "name") === name);
  return listAt(known, "conditions");
}

function accepted(message: string): { type: string; status: "True"; reason: string; message: string } {
  return { type: "Accepted", status: "True", reason: "Accepted", message };
}
