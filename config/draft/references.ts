import type { ClusterInput } from "../schema";
import type { PolicyInput } from "../schema/policy";
import type { Referred } from "../schema/references";
import type { DraftEdge } from "./edge";
import { containersOf } from "./services";
import type { DraftRoute, DraftRule } from "./routes";
import type { DraftService } from "./services";

/** Reference is a place in the file that names another entry, which may not be there. */
export interface Reference {
  readonly to: Referred;
  readonly name: string;
  readonly keys: readonly string[];
}

/** referencesOf a file, each place once. */
export function referencesOf(
  input: ClusterInput,
  services: readonly DraftService[],
  routes: readonly DraftRoute[],
  edge: DraftEdge | undefined,
): Reference[] {
  const all = [
    ...services.flatMap(ofService),
    ...ofCertificates(input),
    ...ofIssuers(input),
    ...routes.flatMap(ofRoute),
    ...(edge === undefined ? [] : ofEdge(edge)),
  ];
  return [...new Map(all.map((one) => [JSON.stringify(one.keys), one])).values()];
}

function ofService({ name: service, input, exposure, keys }: DraftService): Reference[] {
  const pool = exposure?.pool;
  const asked: Reference[] =
    pool === undefined ? [] : [{ to: "pool", name: pool, keys: [...keys, "expose", "pool"] }];
  if ("external" in input || "selects" in input) return asked;
  const single = !("containers" in input);
  const environments = [
    ...Object.entries(containersOf(input, service)).map(([name, { env }]) => {
      return { env, at: single ? keys : [...keys, "containers", name] };
    }),
    ...Object.entries(input.init ?? {}).map(([name, { env }]) => ({ env, at: [...keys, "init", name] })),
  ];
  return [
    ...asked,
    ...environments.flatMap(({ env, at }) =>
      Object.entries(env ?? {}).flatMap(([variable, value]) => ofSource(value, [...at, "env", variable])),
    ),
    ...Object.entries(input.volumes ?? {}).flatMap(([name, volume]) =>
      ofSource(volume, [...keys, "volumes", name]),
    ),
  ];
}

function ofSource(source: string | object, keys: readonly string[]): Reference[] {
  if (typeof source === "string") return [];
  return [
    ...("secret" in source && typeof source.secret === "string"
      ? [{ to: "secret", name: source.secret, keys: [...keys, "secret"] } as const]
      : []),
    ...("configMap" in source && typeof source.configMap === "string"
      ? [{ to: "configMap", name: source.configMap, keys: [...keys, "configMap"] } as const]
      : []),
  ];
}

function ofCertificates(input: ClusterInput): Reference[] {
  return Object.entries(input.certificates ?? {}).flatMap(([name, certificate]): Reference[] =>
    "issuer" in certificate
      ? [{ to: "issuer", name: certificate.issuer, keys: ["certificates", name, "issuer"] }]
      : [],
  );
}

function ofIssuers(input: ClusterInput): Reference[] {
  return Object.entries(input.issuers ?? {}).flatMap(([name, issuer]): Reference[] => {
    if (!("acme" in issuer) || !("dns01" in issuer.acme)) return [];
    const { dns01 } = issuer.acme;
    const [provider, { secret }] =
      "cloudflare" in dns01 ? ["cloudflare", dns01.cloudflare] : ["rfc2136", dns01.rfc2136];
    return [{ to: "secret", name: secret, keys: ["issuers", name, "acme", "dns01", provider, "secret"] }];
  });
}

function ofRoute({ input, keys, rules }: DraftRoute): Reference[] {
  const { edge } = input;
  return [
    ...("tls" in input && input.tls !== undefined ? ofTls(input.tls, [...keys, "tls"]) : []),
    ...("passthrough" in input
      ? [{ to: "service", name: input.passthrough, keys: [...keys, "passthrough"] } as const]
      : []),
    ...ofCertificate(edge?.certificate, [...keys, "edge", "certificate"]),
    ...rules.flatMap(ofRule),
  ];
}

function ofEdge({ redirections, notFound, streams }: DraftEdge): Reference[] {
  const shown = [...redirections, ...notFound, ...streams].flatMap(({ input, keys }) =>
    ofCertificate(input.certificate, [...keys, "certificate"]),
  );
  const led = streams.flatMap(({ input: { to }, keys }): Reference[] =>
    "service" in to ? [{ to: "service", name: to.service, keys: [...keys, "to", "service"] }] : [],
  );
  return [...shown, ...led];
}

function ofCertificate(name: string | undefined, keys: readonly string[]): Reference[] {
  return name === undefined ? [] : [{ to: "certificate", name, keys }];
}

type TlsInput = Exclude<Extract<DraftRoute["input"], { tls?: unknown }>["tls"], undefined>;

function ofTls(tls: TlsInput, keys: readonly string[]): Reference[] {
  if (typeof tls === "string") return [{ to: "certificate", name: tls, keys }];
  const { certificate, clientAuthority } = tls;
  return [
    { to: "certificate", name: certificate, keys: [...keys, "certificate"] },
    ...(clientAuthority === undefined
      ? []
      : [{ to: "secret", name: clientAuthority, keys: [...keys, "clientAuthority"] } as const]),
  ];
}

function ofRule({ action, policy, policyKeys }: DraftRule): Reference[] {
  const targets = action.kind === "forward" ? action.targets : [];
  return [
    ...targets.map(({ service, keys }): Reference => ({ to: "service", name: service, keys })),
    ...ofPolicy(policy, policyKeys),
  ];
}

function ofPolicy(policy: PolicyInput, at: DraftRule["policyKeys"]): Reference[] {
  const { basicAuth } = policy;
  const services = (["mirror", "externalAuth", "errorPages"] as const).flatMap((field): Reference[] => {
    const asked = policy[field];
    return asked === undefined ? [] : [{ to: "service", name: asked.to, keys: [...(at[field] ?? []), "to"] }];
  });
  if (basicAuth === undefined) return services;
  const keys = at.basicAuth ?? [];
  return typeof basicAuth === "string"
    ? [...services, { to: "secret", name: basicAuth, keys }]
    : [...services, { to: "secret", name: basicAuth.secret, keys: [...keys, "secret"] }];
}
