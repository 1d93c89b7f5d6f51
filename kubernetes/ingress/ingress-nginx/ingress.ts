import type { Backend, Route } from "../../../config/model/routes";
import type { KubernetesObject } from "../../object";
import { type Annotations, annotated } from "./annotations";
import type { Location } from "./location";

/** ingressOf one location on every host of a route: annotations hold for a whole Ingress, so each rule has its own. */
export function ingressOf(
  route: Route,
  name: string,
  location: Location,
  backend: Backend,
  annotations: Annotations,
): KubernetesObject {
  const { path, pathType, rewriteTarget } = location;
  const service = { name: backend.service, port: { number: backend.port } };
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: {
      name,
      namespace: route.namespace,
      ...annotated({
        "use-regex": pathType === "ImplementationSpecific" ? "true" : undefined,
        "rewrite-target": rewriteTarget,
        ...annotations,
      }),
    },
    spec: {
      ingressClassName: "nginx",
      ...(route.tls && { tls: [{ hosts: route.hosts, secretName: route.tls.secretName }] }),
      rules: route.hosts.map((host) => ({
        host,
        http: { paths: [{ path, pathType, backend: { service } }] },
      })),
    },
  };
}
