import type { Backend, Route } from "../../../config/model/routes";
import type { KubernetesObject } from "../../object";

/** BackendRef to a Service; its namespace is written where it is not the route's. */
export interface BackendRef {
  readonly [field: string]: string | number;
  readonly name: string;
  readonly port: number;
}

export function backendRef(route: Route, { service, namespace, port }: Backend): BackendRef {
  return { name: service, ...(namespace !== route.namespace && { namespace }), port };
}

/** grantsOf a route: what lets it lead into other namespaces, one in each of them, for the services it leads to. */
export function grantsOf(route: Route): readonly KubernetesObject[] {
  const away = backendsOf(route).filter(({ namespace }) => namespace !== route.namespace);
  const namespaces = [...new Set(away.map(({ namespace }) => namespace))];
  return namespaces.map((namespace) => {
    const services = new Set(
      away.filter((backend) => backend.namespace === namespace).map(({ service }) => service),
    );
    return {
      apiVersion: "gateway.networking.k8s.io/v1",
      kind: "ReferenceGrant",
      metadata: { name: `${route.namespace}--${route.name}`, namespace },
      spec: {
        from: [
          {
            group: "gateway.networking.k8s.io",
            kind: route.passthrough === undefined ? "HTTPRoute" : "TLSRoute",
            namespace: route.namespace,
          },
        ],
        to: [...services].map((name) => ({ group: "", kind: "Service", name })),
      },
    };
  });
}

function backendsOf({ passthrough, rules }: Route): readonly Backend[] {
  return [
    ...(passthrough ? [passthrough] : []),
    ...rules.flatMap(({ action, policy }) => [
      ...(action.kind === "forward" ? action.backends : []),
      ...(policy.mirror ? [policy.mirror.backend] : []),
    ]),
  ];
}
