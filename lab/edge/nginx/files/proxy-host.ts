import type { Related } from "../../kinds/kind";
import type { AccessListRow, LocationRow, ProxyHostRow } from "../../rows/rows";
import type { Dialect } from "../dialect";
import {
  assets,
  block,
  blockExploits,
  forceTls,
  hasOwnDefaultLocation,
  hsts,
  hstsMap,
  lines,
  listen,
  websocket,
} from "./server";

/**
 * proxyHostFile as Nginx Proxy Manager 2.15.1 would write it: values go into it as they are, so that a name with a
 * semicolon becomes a directive here too.
 */
export function proxyHostFile(row: ProxyHostRow, related: Related, dialect: Dialect): string {
  const comment = `# ${row.domain_names.join(", ")}\n`;
  if (!row.enabled) return comment;
  const server = block(
    "server",
    `set $forward_scheme ${row.forward_scheme};`,
    `set $server "${row.forward_host}";`,
    `set $port ${row.forward_port};`,
    listen(row, related, dialect),
    assets(row),
    blockExploits(row),
    hsts(row, related),
    forceTls(row, related),
    websocket(row),
    row.advanced_config,
    ...(row.locations ?? []).map((location) => customLocation(location, row, related, dialect)),
    hasDefaultLocation(row) && defaultLocation(row, related, dialect),
    `include ${dialect.data}/nginx/custom/server_proxy[.]conf;`,
  );
  return lines(comment, hstsMap(row), server, "");
}

function hasDefaultLocation({ advanced_config, locations }: ProxyHostRow): boolean {
  return !hasOwnDefaultLocation(advanced_config) && (locations ?? []).every(({ path }) => path !== "/");
}

/** defaultLocation passes on what the client says of itself: its list of addresses and its scheme. */
function defaultLocation(row: ProxyHostRow, related: Related, dialect: Dialect): string {
  return block(
    "location /",
    access(related.accessList, dialect),
    hsts(row, related),
    websocket(row),
    "include conf.d/include/proxy.conf;",
  );
}

/** customLocation sets every header itself; its upstream's name is looked up when nginx loads the file. */
function customLocation(
  location: LocationRow,
  row: ProxyHostRow,
  related: Related,
  dialect: Dialect,
): string {
  const [host = "", ...rest] = location.forward_host.split("/");
  const path = rest.length > 0 ? `/${rest.join("/")}` : (location.forward_path ?? "");
  return block(
    `location ${location.path}`,
    location.advanced_config,
    "proxy_set_header Host $host;",
    "proxy_set_header X-Forwarded-Scheme $scheme;",
    "proxy_set_header X-Forwarded-Proto $scheme;",
    "proxy_set_header X-Forwarded-For $remote_addr;",
    "proxy_set_header X-Real-IP $remote_addr;",
    `proxy_pass ${location.forward_scheme}://${host}:${location.forward_port}${path};`,
    access(related.accessList, dialect),
    assets(row),
    blockExploits(row),
    forceTls(row, related),
    hsts(row, related),
    websocket(row),
  );
}

function access(list: AccessListRow | undefined, dialect: Dialect): string | undefined {
  if (list === undefined) return undefined;
  const { id, items, clients, pass_auth, satisfy_any } = list;
  return lines(
    items.length > 0 && `auth_basic "Authorization required";`,
    items.length > 0 && `auth_basic_user_file ${dialect.data}/access/${id};`,
    items.length > 0 && !pass_auth && `proxy_set_header Authorization "";`,
    ...clients.map(({ directive, address }) => `${directive} ${address};`),
    clients.length > 0 && "deny all;",
    `satisfy ${satisfy_any ? "any" : "all"};`,
  );
}
