import { z } from "zod";
import { type EdgeRecords, edgeRecords } from "../../trace/edge/records";

/** PlannedEdge, what a deploy would make in the proxy, and the address in the stack of each row. */
export interface PlannedEdge {
  readonly edge: EdgeRecords;
  /** origins by a row's printed name: `ProxyHost main-test-com`. */
  readonly origins: ReadonlyMap<string, string>;
}

/** plannedEdge of an edge stack; a row's name is its name in plans. */
export function plannedEdge(stack: unknown, address: string): PlannedEdge {
  const { resource } = stackSchema.parse(stack);
  const origins = new Map<string, string>();
  const rows = (kind: string, type: keyof typeof resource) =>
    Object.entries(resource[type]).map(([name, row]) => {
      origins.set(`${kind} ${name}`, `${type}.${name}`);
      return { ...row, name };
    });
  const hosts = {
    proxyHosts: rows("ProxyHost", "nginxproxymanager_proxy_host"),
    redirectionHosts: rows("RedirectionHost", "nginxproxymanager_redirection_host"),
    deadHosts: rows("DeadHost", "nginxproxymanager_dead_host"),
    streams: rows("Stream", "nginxproxymanager_stream"),
  };
  const uploaded = rows("Certificate", "nginxproxymanager_certificate_custom").map(({ name }) => {
    return { id: `\${nginxproxymanager_certificate_custom.${name}.id}`, name };
  });
  const shown = Object.values(hosts)
    .flat()
    .flatMap(({ certificate_id: id }) => (id === undefined ? [] : [id]));
  const found = [...new Set(shown)]
    .filter((id) => !uploaded.some((each) => each.id === id))
    .map((id) => ({ id, name: nameInProxy(id) }));
  return { edge: edgeRecords.parse({ address, ...hosts, certificates: [...uploaded, ...found] }), origins };
}

/** nameInProxy of a certificate that the stack does not make: the number or name that it is looked up by there. */
function nameInProxy(id: number | string): string {
  const lookedUp = /each\.(?:id|nice_name) == ("(?:[^"\\]|\\.)*"|\d+)/.exec(String(id))?.[1];
  return `${lookedUp ?? String(id)} in the proxy`;
}

const rows = z
  .record(z.string(), z.looseObject({ certificate_id: z.union([z.number(), z.string()]).optional() }))
  .default({});

const stackSchema = z.object({
  resource: z.object({
    nginxproxymanager_proxy_host: rows,
    nginxproxymanager_redirection_host: rows,
    nginxproxymanager_dead_host: rows,
    nginxproxymanager_stream: rows,
    nginxproxymanager_certificate_custom: rows,
  }),
});
