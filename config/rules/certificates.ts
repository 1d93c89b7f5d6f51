import type { Draft, DraftRoute } from "../draft";
import { error } from "../problem";
import type { Problem } from "../problem";
import { isHostName } from "../schema/certificates";
import type { CertificateInput } from "../schema/certificates";
import { listOf } from "../words";

/** certificates: each covers the hosts that show it, and can be had the way the file says. */
export function certificates(drafts: readonly Draft[]): Problem[] {
  return drafts.flatMap((draft) => [
    ...notCovered(draft),
    ...malformedNames(draft),
    ...onlyInProxy(draft),
    ...wildcardsByHttp(draft),
    ...http01OnIstio(draft),
  ]);
}

/** Use of a certificate for hosts: at the ingress or at the edge. */
interface Use {
  readonly name: string;
  readonly hosts: readonly string[];
  readonly keys: readonly string[];
  readonly at: "ingress" | "edge";
}

function usesOf({ routes, edge: proxy }: Draft): Use[] {
  const elsewhere = [...(proxy?.redirections ?? []), ...(proxy?.notFound ?? [])];
  return [
    ...routes.flatMap(usesOfRoute),
    ...elsewhere.flatMap(({ input, hosts, keys }) =>
      edgeUse(input.certificate, hosts, [...keys, "certificate"]),
    ),
  ];
}

function edgeUse(name: string | undefined, hosts: readonly string[], keys: readonly string[]): Use[] {
  return name === undefined ? [] : [{ name, hosts, keys, at: "edge" }];
}

function usesOfRoute({ input, hosts, keys }: DraftRoute): Use[] {
  const tls = "paths" in input ? input.tls : undefined;
  const shown = edgeUse(input.edge?.certificate, hosts, [...keys, "edge", "certificate"]);
  if (tls === undefined) return shown;
  return typeof tls === "string"
    ? [{ name: tls, hosts, keys: [...keys, "tls"], at: "ingress" }, ...shown]
    : [{ name: tls.certificate, hosts, keys: [...keys, "tls", "certificate"], at: "ingress" }, ...shown];
}

function notCovered(draft: Draft): Problem[] {
  return usesOf(draft).flatMap(({ name, hosts, keys }) => {
    const certificate = draft.input.certificates?.[name];
    if (certificate === undefined) return [];
    const names = namesOf(name, certificate);
    const bare = hosts.filter((host) => !names.some((pattern) => covers(pattern, host)));
    if (bare.length === 0) return [];
    return [
      error("certificates/not-covered", [draft.at(...keys), draft.at("certificates", name)], {
        found: listOf(bare),
        why: `the certificate "${name}" is for ${listOf(names)}, and browsers refuse it for any other name`,
        fix: `add ${listOf(bare.map((host) => `"${host}"`))} to its names, or use another certificate`,
      }),
    ];
  });
}

/** namesOf a certificate: those it lists, else its own name, and one label below where it was made elsewhere. */
function namesOf(name: string, certificate: CertificateInput): readonly string[] {
  if (certificate.names !== undefined) return certificate.names;
  return "issuer" in certificate || name.startsWith("*.") ? [name] : [name, `*.${name}`];
}

/** covers as RFC 6125 §6.4.3 has it: a wildcard stands for exactly one label. */
function covers(pattern: string, host: string): boolean {
  if (pattern === host) return true;
  return (
    pattern.startsWith("*.") && pattern.slice(1) === host.slice(host.indexOf(".")) && !host.startsWith("*.")
  );
}

/** malformedNames: a certificate's name is part of its objects' names and of its name in the proxy. */
function malformedNames(draft: Draft): Problem[] {
  return Object.keys(draft.input.certificates ?? {})
    .filter((name) => !isHostName(name))
    .map((name) =>
      error("certificates/name", [draft.at("certificates", name)], {
        found: JSON.stringify(name),
        why: "objects and the proxy call it by this name: a-z, 0-9 and dashes with dots between, as a host",
        fix: `name it after its host, such as "test.com", and everything else in names`,
      }),
    );
}

function onlyInProxy(draft: Draft): Problem[] {
  return usesOf(draft).flatMap(({ name, keys, at }) => {
    const certificate = draft.input.certificates?.[name];
    if (at === "edge" || certificate === undefined || !("inProxy" in certificate)) return [];
    return [
      error("certificates/in-proxy-only", [draft.at(...keys), draft.at("certificates", name, "inProxy")], {
        found: `"${name}"`,
        why: "its key lies in the edge proxy and does not come out: the ingress cannot show it",
        fix: "let TLS end at the edge only, or give the certificate by fromVariable or issuer",
      }),
    ];
  });
}

function wildcardsByHttp(draft: Draft): Problem[] {
  return Object.entries(draft.input.certificates ?? {}).flatMap(([name, certificate]) => {
    if (!("issuer" in certificate)) return [];
    const issuer = draft.input.issuers?.[certificate.issuer];
    const wildcard = namesOf(name, certificate).find((each) => each.startsWith("*."));
    if (issuer === undefined || !("acme" in issuer) || !("http01" in issuer.acme) || wildcard === undefined)
      return [];
    return [
      error(
        "certificates/wildcard-by-http",
        [draft.at("certificates", name), draft.at("issuers", certificate.issuer)],
        {
          found: `${wildcard} from "${certificate.issuer}"`,
          why: "an authority gives a wildcard only for a record in the zone, never for an answer on port 80",
          fix: "give the issuer dns01 instead of http01, or list the names one by one",
        },
      ),
    ];
  });
}

/**
 * http01OnIstio: the answer to a challenge comes in by an Ingress, which Istio promises no place before a
 * VirtualService of its host; and httpsRedirect of a Gateway sends the challenge to HTTPS, where no answer is.
 * @see https://github.com/istio/istio/issues/27643
 */
function http01OnIstio(draft: Draft): Problem[] {
  if (draft.input.ingress?.controller !== "istio") return [];
  return Object.entries(draft.input.issuers ?? {}).flatMap(([name, issuer]) => {
    if (!("acme" in issuer) || !("http01" in issuer.acme)) return [];
    return [
      error(
        "certificates/http01-on-istio",
        [draft.at("issuers", name, "acme", "http01"), draft.at("ingress", "controller")],
        {
          found: "http01 from istio",
          why: "istio sends plain HTTP to HTTPS for a whole host, and the challenge with it",
          fix: 'give the issuer dns01 instead, or choose gateway-api, carriedBy "istio", which lets the challenge in',
        },
      ),
    ];
  });
}
