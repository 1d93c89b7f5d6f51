import type { EdgeRoute } from "../../draft/edge";
import { error, warning } from "../../problem";
import type { Problem } from "../../problem";
import { counted, listOf } from "../../words";
import { entriesOf } from "./proxies";
import type { EdgeDraft, ProxyEntry } from "./proxies";

/** tls between visitor, proxy and ingress: the proxy drops in silence what has no certificate under it. */
export function tls(draft: EdgeDraft): Problem[] {
  const routes = draft.edge.hosts.flatMap((host) => host.routes);
  return [
    ...ofIssuer(draft),
    ...entriesOf(draft).flatMap((entry) => [...withoutCertificate(entry), ...tooManyHosts(entry)]),
    ...routes.flatMap((route) => [
      ...passedThrough(draft, route),
      ...plainBeforeTls(draft, route),
      ...unverified(draft, route),
    ]),
  ];
}

function ofIssuer(draft: EdgeDraft): Problem[] {
  return draft.references.flatMap(({ to, name, keys }) => {
    const atEdge = keys[0] === "edge" || (keys[0] === "routes" && keys[2] === "edge");
    const certificate = draft.input.certificates?.[name];
    if (to !== "certificate" || !atEdge || certificate === undefined || !("issuer" in certificate)) return [];
    return [
      error("edge/certificate-of-issuer", [draft.at(...keys), draft.at("certificates", name, "issuer")], {
        found: `"${name}" from "${certificate.issuer}"`,
        why: "its key is made and renewed inside the cluster, and the proxy cannot read it there",
        fix: "show one here that has fromVariable, or inProxy where it lies in the proxy already",
      }),
    ];
  });
}

/** withoutCertificate: the proxy forces these three to false, and answers plain HTTP. Source: its backend/internal/host.js */
function withoutCertificate({ draft, tls: written, keys }: ProxyEntry): Problem[] {
  const { certificate, forceTls, http2, hsts } = written;
  if (certificate !== undefined) {
    if (hsts === undefined || forceTls !== false) return [];
    return [
      error("edge/hsts-without-force", [draft.at(...keys, "hsts"), draft.at(...keys, "forceTls")], {
        found: "hsts, and forceTls: false",
        why: "the proxy drops hsts where it lets plain HTTP pass",
        fix: "take forceTls out, or hsts",
      }),
    ];
  }
  const asked = [
    ...(forceTls === true ? ["forceTls"] : []),
    ...(http2 === true ? ["http2"] : []),
    ...(hsts === undefined ? [] : ["hsts"]),
  ];
  const [first] = asked;
  if (first === undefined) return [];
  return [
    error("edge/no-certificate", [draft.at(...keys, first)], {
      found: `${listOf(asked)} without a certificate`,
      why: "without one the proxy speaks plain HTTP only, and drops the rest in silence",
      fix: `add a certificate, or take ${listOf(asked)} out`,
    }),
  ];
}

/** tooManyHosts: a row of the proxy holds 100 names. Source: its backend/schema/common.json */
function tooManyHosts({ kind, hosts, place }: ProxyEntry): Problem[] {
  if (hosts.length <= 100) return [];
  return [
    error("edge/too-many-hosts", [place], {
      found: `${counted(hosts.length, "host")} for one ${kind}`,
      why: "the proxy takes 100 names in one",
      fix: "part them, so that routes which share no host have at most 100 each",
    }),
  ];
}

function passedThrough(draft: EdgeDraft, { route: { input, keys } }: EdgeRoute): Problem[] {
  if (!("passthrough" in input)) return [];
  return [
    error("edge/passthrough", [draft.at(...keys, "edge"), draft.at(...keys, "passthrough")], {
      found: "passthrough, and edge",
      why: "the proxy opens TLS before it knows the host: port 443 cannot be both opened and passed on by name",
      fix: "take edge out, and pass a port of its own on: edge.streams: { raw: { port: 8443, to: { ingress: 443 } } }",
    }),
  ];
}

/** plainBeforeTls: the ingress sends visitors to HTTPS, where the proxy has nothing to show. */
function plainBeforeTls(draft: EdgeDraft, { route, edge }: EdgeRoute): Problem[] {
  const { input, keys, hosts } = route;
  if (!("tls" in input) || input.tls === undefined || edge.certificate !== undefined) return [];
  if (typeof input.tls === "object" && input.tls.redirect === false) return [];
  return [
    error("edge/plain-before-tls", [draft.at(...keys, "edge"), draft.at(...keys, "tls")], {
      found: `${listOf(hosts)} by plain HTTP at the proxy, and HTTPS at the ingress`,
      why: "the ingress sends visitors to HTTPS, and there the proxy has no certificate to show",
      fix: "give edge a certificate, or say tls.redirect: false",
    }),
  ];
}

/** unverified: Nginx Proxy Manager looks at no upstream's certificate, and no field of it says otherwise. */
function unverified(draft: EdgeDraft, { route: { input, keys } }: EdgeRoute): Problem[] {
  if (!("tls" in input) || input.tls === undefined) return [];
  return [
    warning("edge/upstream-unverified", [draft.at(...keys, "tls"), draft.at(...keys, "edge")], {
      found: `https://${draft.input.ingress?.address ?? "the ingress"} behind the proxy`,
      why: "the proxy believes whoever answers there: it does not look at the certificate that it is shown",
      fix: "take tls out where only the proxy's certificate matters",
    }),
  ];
}
