import type { EdgeTls, Upstream } from "../../config/model/edge";
import { NginxText, nginx } from "./text";
import { addressWord, pathWord, portWord, schemeWord } from "./words";

interface AppendingLocation {
  readonly path: string;
  readonly upstream: Upstream;
  readonly websocket: boolean;
  readonly tls: EdgeTls | undefined;
  readonly body: readonly NginxText[];
}

/**
 * appendingLocation passes on what the proxy before this one said, in the header set that the proxy itself has for
 * `/` (conf.d/include/proxy.conf). A location of its API cannot: there it always puts the peer's address instead.
 */
export function appendingLocation({ path, upstream, websocket, tls, body }: AppendingLocation): NginxText {
  const { scheme, address, port } = upstream;
  return NginxText.block(nginx`location ${pathWord(path)}`, [
    nginx`set $forward_scheme ${schemeWord(scheme)};`,
    nginx`set $server ${addressWord(address)};`,
    nginx`set $port ${portWord(port)};`,
    ...(websocket ? upgrade : []),
    // proxy.conf has an add_header of its own, so the server block's does not reach this location.
    ...(tls?.force === true && tls.hsts !== undefined
      ? [nginx`add_header Strict-Transport-Security $hsts_header always;`]
      : []),
    nginx`include conf.d/include/proxy.conf;`,
    ...body,
  ]);
}

const upgrade = [
  nginx`proxy_set_header Upgrade $http_upgrade;`,
  nginx`proxy_set_header Connection $http_connection;`,
  nginx`proxy_http_version 1.1;`,
];
