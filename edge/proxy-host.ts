import type { EdgeHost, EdgeLocation } from "../config/model/edge";
import { anyHost } from "./any-host";
import type { ProxyHost, ProxyLocation } from "./hosts";
import { appendingLocation } from "./nginx/appending-location";
import { cachedAssets } from "./nginx/assets";
import { limits } from "./nginx/limits";
import { NginxText } from "./nginx/text";
import { forward, serverNameIndication } from "./nginx/upstream";
import { allowOnly, disbelieveRealIp, ownForwardedHeaders, visitorPort } from "./nginx/visitor";
import { pathWord } from "./nginx/words";

/** proxyHost, one entry of the proxy for every route of a host. */
export function proxyHost(cluster: string, host: EdgeHost): ProxyHost {
  const strict = host.clientIp !== "append";
  return {
    ...anyHost(cluster, host, [
      ...serverNameIndication(host.upstream),
      ...limits(host.limits),
      ...allowOnly(host.allow),
      ...(strict ? [...disbelieveRealIp(), ...visitorPort(host.tls)] : appendingLocations(host)),
      ...asWritten(host.rawNginx),
    ]),
    ...forward(host.upstream),
    allowWebsocketUpgrade: host.websocket,
    cachingEnabled: false,
    blockExploits: host.blockExploits,
    locations: strict ? locationsOf(host).map((location) => strictLocation(host, location)) : [],
  };
}

/** strictLocation: what is set in the server block with proxy_set_header would not reach a location that has its own. */
function strictLocation(host: EdgeHost, location: EdgeLocation): ProxyLocation {
  return {
    path: pathWord(location.path),
    ...forward(location.upstream),
    advancedConfig: NginxText.join([...ownForwardedHeaders(host.tls), ...own(host, location)]).toString(),
  };
}

function appendingLocations(host: EdgeHost): readonly NginxText[] {
  const { websocket, tls } = host;
  return locationsOf(host).map((location) =>
    appendingLocation({ ...location, websocket, tls, body: own(host, location) }),
  );
}

/** locationsOf a host: `/` is the host itself, whose limits and text stand in the server block. */
function locationsOf({ upstream, locations }: EdgeHost): readonly EdgeLocation[] {
  if (locations.some(({ path }) => path === "/")) throw new Error("the location / is the host itself");
  return [{ path: "/", upstream, limits: { timeouts: {} } }, ...locations];
}

function own(host: EdgeHost, { upstream, limits: limited, rawNginx }: EdgeLocation): readonly NginxText[] {
  return [
    ...(host.upstream.scheme === "https" ? [] : serverNameIndication(upstream)),
    ...limits(limited),
    ...(host.cacheAssets ? [cachedAssets(upstream)] : []),
    ...asWritten(rawNginx),
  ];
}

function asWritten(rawNginx: string | undefined): readonly NginxText[] {
  return rawNginx === undefined ? [] : [NginxText.asWritten(rawNginx)];
}
