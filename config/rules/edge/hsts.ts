import { error, warning } from "../../problem";
import type { Problem } from "../../problem";
import { entriesOf } from "./proxies";
import type { EdgeDraft, ProxyEntry } from "./proxies";

/** hsts of one proxy's hosts, of all clusters behind it. */
export function hsts(proxy: readonly EdgeDraft[]): Problem[] {
  const entries = proxy.flatMap(entriesOf);
  return [...differs(entries), ...entries.flatMap(lasts)];
}

/** differs: each host's file defines one variable for the whole of nginx, and the last file read decides for all. */
function differs(entries: readonly ProxyEntry[]): Problem[] {
  const other = entries.find((entry) => !withSubdomains(entry));
  if (other === undefined) return [];
  return entries.filter(withSubdomains).map((entry) => {
    const plain = other.tls.hsts === undefined;
    const place = plain ? other.place : other.draft.at(...other.keys, "hsts");
    return error("edge/hsts-differs", [entry.draft.at(...entry.keys, "hsts"), place], {
      found: `subdomains for ${entry.hosts[0] ?? ""}, and ${plain ? "no hsts" : "hsts without them"} for ${other.hosts[0] ?? ""}`,
      why: "the proxy has one value for all of its hosts, and the last one written decides",
      fix: "write hsts: true here, or hsts: { subdomains: true } for everything at this proxy",
    });
  });
}

function withSubdomains({ tls: { hsts: written } }: ProxyEntry): boolean {
  return typeof written === "object" && written.subdomains;
}

function lasts({ tls: { hsts: written }, draft, keys }: ProxyEntry): Problem[] {
  if (written === undefined) return [];
  return [
    warning("edge/hsts-lasts", [draft.at(...keys, "hsts")], {
      found: written === true ? "true" : `subdomains: ${String(written.subdomains)}`,
      why: "the proxy says two years and preload: browsers refuse plain HTTP that long, and there is no quick way back",
      fix: "take it out until HTTPS is there to stay, or give the route's hsts a time of its own",
    }),
  ];
}
