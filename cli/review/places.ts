import { readFileSync } from "node:fs";
import type { Cluster, Model } from "../../config/model";
import type { Finding } from "../../review/finding";
import type { PlaceOf } from "../../review/render/sections";
import { linesOf } from "./lines";

/** placesIn a cluster file: the line that a finding comes from. */
export function placesIn(file: string, { clusters }: Model): PlaceOf {
  const lineOf = linesOf(readFileSync(file, "utf8"));
  return (finding) => {
    for (const [index, cluster] of clusters.entries()) {
      const keys = keysOf(finding, cluster);
      const line = keys === undefined ? undefined : lineOf(index, keys);
      if (line !== undefined) return `${file}:${line}`;
    }
    return undefined;
  };
}

/** keysOf what a finding is about; undefined = nothing in this cluster's entry is. */
function keysOf({ subject: { kind, name }, fields }: Finding, cluster: Cluster): string[] | undefined {
  const [field] = fields;
  const below = (...keys: string[]): string[] => [...keys, ...(field === undefined ? [] : [field])];
  switch (kind) {
    case "server":
      return below("servers");
    case "worker": {
      const pool = cluster.workers.find((worker) => worker.name === name)?.pool ?? name.replace(/-\d+$/, "");
      return pool === "worker" ? below("workers") : below("workers", pool);
    }
    case "load balancer":
      return below("api", "loadBalancers");
    case "template":
      return ["template"];
    case "upgrade":
      return ["rke2", "version"];
    case "pool":
      return ["loadBalancer"];
    case "storage":
      return ["storage"];
    case "dns":
      return ["dns"];
    case "issuer":
      return ["issuers", name];
    case "certificate":
      return ["certificates", name];
    case "config map":
      return ["configMaps", name];
    case "secret":
      return ["secrets", name];
    case "service":
      return ["services", name];
    case "route":
    case "edge host": {
      const route = cluster.routes.findIndex((one) => one.name === name || one.hosts.includes(name));
      return route < 0 ? ["edge"] : ["routes", String(route)];
    }
    case "platform":
      return partsOf[name] ?? ["ingress"];
    case "namespace":
    case "key":
      return undefined;
  }
}

const partsOf: Readonly<Record<string, string[]>> = {
  metallb: ["loadBalancer"],
  "cert-manager": ["issuers"],
  "system-upgrade-controller": ["upgrades"],
};
