import type { Draft } from "../draft";
import type { DraftRoute, DraftRule, DraftTarget } from "../draft/routes";
import { defaultNamespace } from "../draft/services";
import type { DraftService } from "../draft/services";
import type { Backend, Route, RouteEdge, RouteRule, RouteTls } from "../model/routes";
import type { RouteEdgeInput } from "../schema/edge";
import { policyOf } from "./policy";

/** BackendOf a service by name, with its share. */
export type BackendOf = (service: string, weight?: number) => Backend;

/** routeModelsOf a cluster, in the order of the file. */
export function routeModelsOf({ routes, services }: Draft): Route[] {
  const byName = new Map(services.map((service) => [service.name, service]));
  const backendOf: BackendOf = (name, weight = 100) => backend(byName.get(name), name, weight);
  return routes.map((route) => routeOf(route, backendOf));
}

function routeOf({ name, hosts, input, rules }: DraftRoute, backendOf: BackendOf): Route {
  const { edge } = input;
  const reached = { ...(edge === undefined ? {} : { edge: routeEdgeOf(edge) }) };
  if ("passthrough" in input) {
    const passthrough = backendOf(input.passthrough);
    return { name, namespace: passthrough.namespace, hosts, rules: [], passthrough, ...reached };
  }
  const [realm = ""] = hosts;
  const modelled = rules.map((rule) => ruleOf(rule, backendOf, realm));
  const tls = input.tls === undefined ? undefined : tlsOf(input.tls);
  return {
    name,
    namespace: namespaceOf(modelled),
    hosts,
    rules: modelled,
    ...(tls === undefined ? {} : { tls }),
    ...reached,
  };
}

function routeEdgeOf({ certificate, forceTls }: RouteEdgeInput): RouteEdge {
  if (certificate === undefined) return { scheme: "http" };
  return { scheme: forceTls === false ? "both" : "https" };
}

function ruleOf(
  { name, path, condition, action, policy }: DraftRule,
  backendOf: BackendOf,
  realm: string,
): RouteRule {
  return {
    name,
    path,
    ...(condition === undefined ? {} : { condition }),
    action:
      action.kind === "redirect"
        ? action
        : { kind: "forward", backends: action.targets.map((target) => backendOfTarget(target, backendOf)) },
    policy: policyOf(policy, backendOf, realm),
  };
}

function backendOfTarget({ service, weight }: DraftTarget, backendOf: BackendOf): Backend {
  return backendOf(service, weight);
}

/** namespaceOf a route: of what its first rule that leads anywhere leads to. */
function namespaceOf(rules: readonly RouteRule[]): string {
  const [first] = rules.flatMap(({ action }) => (action.kind === "forward" ? action.backends : []));
  return first?.namespace ?? defaultNamespace;
}

/** backend: a rule has refused every service that is not there, or has no port. */
function backend(service: DraftService | undefined, name: string, weight: number): Backend {
  const [port] = service?.ports ?? [];
  if (service === undefined || port === undefined) {
    throw new Error(`service ${name} passed the rules and has no port, or is not in the file`);
  }
  return {
    service: name,
    namespace: service.namespace,
    port: port.port,
    protocol: port.protocol,
    weight,
    ...("external" in service.input ? { externalHost: service.input.external } : {}),
  };
}

type TlsInput = Exclude<Extract<DraftRoute["input"], { tls?: unknown }>["tls"], undefined>;

function tlsOf(written: TlsInput): RouteTls {
  const tls = typeof written === "string" ? { certificate: written } : written;
  return {
    certificate: tls.certificate,
    secretName: secretNameOf(tls.certificate),
    minVersion: tls.minVersion ?? "1.2",
    redirect: tls.redirect ?? true,
    ...(tls.clientAuthority === undefined ? {} : { clientAuthority: tls.clientAuthority }),
  };
}

/** secretNameOf a certificate: `test.com` → `test-com-tls`, `*.test.com` → `any-test-com-tls`. */
function secretNameOf(certificate: string): string {
  return `${certificate.replace(/^\*\./, "any-").replaceAll(".", "-")}-tls`;
}
