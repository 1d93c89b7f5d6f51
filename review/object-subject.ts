import type { Kind, Subject } from "./finding";
import { textAt } from "./json";
import { hostsOf, kindOf, manifestOf } from "./manifests";
import type { Change } from "./plan";

/** objectSubject of a resource in the cluster, by the construct that made it; undefined = it is none. */
export function objectSubject(change: Change): Subject | undefined {
  const { type, name, before, after } = change;
  if (type === "helm_release") return named(name);
  if (type === "kubernetes_secret_v1")
    return { kind: "secret", name: textAt(after ?? before, "metadata", 0, "name") ?? name };
  if (type !== "kubernetes_manifest") return undefined;
  if (kindOf(change) === "Plan") return { kind: "upgrade", name: "RKE2" };
  const [owner = name] = name.split("_");
  const [, part = "", entry = ""] = entries.exec(owner) ?? [];
  if (part === "dns") return { kind: "dns", name: "DNS in the cluster" };
  const kind = kinds[part];
  if (kind === undefined) return named(owner);
  return { kind, name: kind === "route" ? (hostsOf(manifestOf(change))[0] ?? entry) : entry };
}

/** named parts of the platform: charts, and programs that come without one. */
function named(name: string): Subject {
  if (name === "upgrade-controller") return { kind: "platform", name: "system-upgrade-controller" };
  if (name === "ingress-ingress") return { kind: "platform", name: "what routes share" };
  if (name === "local-path" || name === "longhorn") return { kind: "storage", name };
  return { kind: "platform", name };
}

const entries = /^(namespace|pool|dns|issuer|certificate|config-map|service|route)-(.+)$/;

const kinds: Readonly<Record<string, Kind>> = {
  namespace: "namespace",
  pool: "pool",
  issuer: "issuer",
  certificate: "certificate",
  "config-map": "config map",
  service: "service",
  route: "route",
};
