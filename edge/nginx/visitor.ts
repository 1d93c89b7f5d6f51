import type { EdgeTls } from "../../config/model/edge";
import type { Ipv4Network } from "../../config/network";
import { nginx, NginxText } from "./text";
import { networkWord } from "./words";

/** allowOnly visitors of some networks: in the server block it holds in every location. */
export function allowOnly(networks: readonly Ipv4Network[]): readonly NginxText[] {
  return networks.length === 0
    ? []
    : [...networks.map(({ cidr }) => nginx`allow ${networkWord(cidr)};`), nginx`deny all;`];
}

/**
 * disbelieveRealIp: the proxy takes X-Real-IP from every private address for the visitor's own, in `allow` too.
 * A server block's list replaces the proxy's, and no visitor comes through a unix socket.
 */
export function disbelieveRealIp(): readonly NginxText[] {
  return [nginx`# X-Real-IP of a visitor is not believed.`, nginx`set_real_ip_from unix:;`];
}

/** visitorPort, a variable where a host answers HTTP and HTTPS; the port that nginx listens on is a container's. */
export function visitorPort(tls: EdgeTls | undefined): readonly NginxText[] {
  return tls === undefined || tls.force
    ? []
    : [
        nginx`set $visitor_port 80;`,
        NginxText.block(nginx`if ($scheme = https)`, [nginx`set $visitor_port 443;`]),
      ];
}

/**
 * ownForwardedHeaders for a location of the proxy, which itself sets X-Forwarded-For, -Proto, -Scheme and X-Real-IP
 * there. The rest are those that an ingress takes from a proxy that it trusts (Traefik, forwarded_header.go; Envoy,
 * x-forwarded-client-cert) and those that web frameworks believe (RFC 7239, X-Forwarded-Ssl).
 */
export function ownForwardedHeaders(tls: EdgeTls | undefined): readonly NginxText[] {
  return [
    nginx`proxy_set_header X-Forwarded-Host $host;`,
    portHeader(tls),
    nginx`proxy_set_header X-Forwarded-Prefix "";`,
    nginx`proxy_set_header X-Forwarded-Uri "";`,
    nginx`proxy_set_header X-Forwarded-Method "";`,
    nginx`proxy_set_header X-Forwarded-Server "";`,
    nginx`proxy_set_header X-Forwarded-Ssl "";`,
    nginx`proxy_set_header X-Forwarded-Client-Cert "";`,
    nginx`proxy_set_header X-Forwarded-Tls-Client-Cert "";`,
    nginx`proxy_set_header X-Forwarded-Tls-Client-Cert-Info "";`,
    nginx`proxy_set_header X-Scheme "";`,
    nginx`proxy_set_header Forwarded "";`,
  ];
}

function portHeader(tls: EdgeTls | undefined): NginxText {
  if (tls === undefined) return nginx`proxy_set_header X-Forwarded-Port 80;`;
  return tls.force
    ? nginx`proxy_set_header X-Forwarded-Port 443;`
    : nginx`proxy_set_header X-Forwarded-Port $visitor_port;`;
}
