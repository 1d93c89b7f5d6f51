import type { Backend } from "../../../config/model/routes";
import type { Json, KubernetesObject } from "../../object";
import type { HostRule } from "../same-host";
import { hostOf, label } from "./names";
import { tlsOf, trafficPolicyOf, unlessEmpty } from "./traffic-policy";

/**
 * Destination is a backend as one rule asks for it. What the rule asks of its pods is a subset of the backend's host,
 * without labels and so with every pod in it: Istio joins the subsets of several DestinationRules of one host, but
 * takes a policy for the whole host from only one of them.
 * @see https://istio.io/latest/docs/ops/best-practices/traffic-management/#split-virtual-services
 */
interface Destination {
  readonly backend: Backend;
  readonly subset: { readonly name: string; readonly trafficPolicy: Json } | undefined;
}

/** destinationOf a backend of a rule, as VirtualServices refer to it. */
export function destinationOf(owned: HostRule, backend: Backend): Json {
  const { subset } = forward(owned, backend);
  return reference(backend, subset?.name);
}

/** mirrorOf a rule as VirtualServices refer to it: only how it is spoken to matters, nobody waits for its answer. */
export function mirrorOf(owned: HostRule, backend: Backend): Json {
  return reference(backend, copy(owned, backend).subset?.name);
}

/**
 * destinationRulesOf rules of one route, one for each host that they ask something of. A DestinationRule is read only
 * in its service's namespace or in the gateway's.
 */
export function destinationRulesOf(rules: readonly HostRule[]): readonly KubernetesObject[] {
  const byHost = new Map<string, Destination[]>();
  for (const destination of rules.flatMap(destinationsOf)) {
    const host = hostOf(destination.backend);
    byHost.set(host, [...(byHost.get(host) ?? []), destination]);
  }
  const route = rules[0]?.route.name ?? "";
  return [...byHost].flatMap(([host, [first, ...more]]) =>
    first === undefined
      ? []
      : {
          apiVersion: "networking.istio.io/v1",
          kind: "DestinationRule",
          metadata: { name: `${route}--${first.backend.service}`, namespace: first.backend.namespace },
          spec: { host, subsets: subsetsOf([first, ...more]) },
        },
  );
}

function destinationsOf(owned: HostRule): readonly Destination[] {
  const { action, policy } = owned.rule;
  const backends = action.kind === "forward" ? action.backends : [];
  const all = [
    ...backends.map((backend) => forward(owned, backend)),
    ...(policy.mirror === undefined ? [] : [copy(owned, policy.mirror.backend)]),
  ];
  return all.filter(({ subset }) => subset !== undefined);
}

function forward({ route, rule }: HostRule, backend: Backend): Destination {
  const trafficPolicy = unlessEmpty({ ...trafficPolicyOf(rule.policy), tls: tlsOf(backend) });
  return subsetOf(backend, `${route.name}--${rule.name}`, trafficPolicy);
}

function copy({ route, rule }: HostRule, backend: Backend): Destination {
  return subsetOf(backend, `${route.name}--${rule.name}--mirror`, unlessEmpty({ tls: tlsOf(backend) }));
}

function subsetOf(backend: Backend, name: string, trafficPolicy: Json | undefined): Destination {
  return { backend, subset: trafficPolicy === undefined ? undefined : { name: label(name), trafficPolicy } };
}

function subsetsOf(destinations: readonly Destination[]): readonly Json[] {
  return destinations.flatMap(({ subset }) => subset ?? []);
}

function reference(backend: Backend, subset: string | undefined): Json {
  return {
    host: hostOf(backend),
    ...(subset === undefined ? {} : { subset }),
    port: { number: backend.port },
  };
}
