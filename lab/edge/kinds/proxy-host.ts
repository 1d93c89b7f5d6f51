import { proxyHostFile } from "../nginx/files/proxy-host";
import type { ProxyHostRow } from "../rows/rows";
import { creating, fields, updating } from "../schema/fields";
import { ajv, reader } from "../schema/validate";
import { type Given, type Kind, noTls, stored, tlsCleared } from "./kind";

type Required = "domain_names" | "forward_scheme" | "forward_host" | "forward_port";
type Body = Given<ProxyHostRow> & Pick<ProxyHostRow, Required>;

const readPost = reader(
  ajv.compile<Body>(
    creating(fields.proxyHost, "domain_names", "forward_scheme", "forward_host", "forward_port"),
  ),
);
const readPut = reader(ajv.compile<Given<ProxyHostRow>>(updating(fields.proxyHost)));

export const proxyHost: Kind<ProxyHostRow> = {
  type: "proxy_host",
  section: "proxy_hosts",
  path: "proxy-hosts",
  noun: "Host",
  table: (database) => database.proxyHosts,
  created(body) {
    const given = readPost(body);
    return {
      domainNames: given.domain_names,
      make: (stamp) => tlsCleared({ ...defaults, ...given, ...stored(given), ...stamp }, given),
    };
  },
  changed(body) {
    const given = readPut(body);
    return {
      domainNames: given.domain_names ?? [],
      change: (row) => tlsCleared({ ...row, ...given, ...stored(given, row) }, given),
    };
  },
  // A disabled row keeps the file that it has: PUT {"enabled": false} goes on serving.
  writtenAfterPut: ({ enabled }) => (enabled ? "new row" : "not at all"),
  text: ({ domain_names }) => JSON.stringify(domain_names),
  accessListId: ({ access_list_id }) => access_list_id,
  file: proxyHostFile,
};

const defaults = {
  ...noTls,
  access_list_id: 0,
  caching_enabled: false,
  block_exploits: false,
  allow_websocket_upgrade: false,
  trust_forwarded_proto: false,
  locations: null,
  advanced_config: "",
  enabled: true,
  meta: {},
};
