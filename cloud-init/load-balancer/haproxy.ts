import type { Cluster } from "../../config/model";
import { paths } from "../paths";

/** monitorPort on loopback, where HAProxy says whether it could serve anybody. */
export const monitorPort = 8404;

/**
 * haproxyConfig leads 6443 and 9345 to servers whose API is ready. 9345 follows the verdict on the same server's 6443:
 * a supervisor answers long before its server can take in another one.
 *
 * - Without a client certificate RKE2 answers 401 to everything, /readyz too. Any user may read it (kubernetes:
 *   plugin/pkg/auth/authorizer/rbac/bootstrappolicy/policy.go, system:public-info-viewer).
 * - verifyhost: the servers' authority also signs every kubelet's certificate, but only an API server's is for this name
 *   (k3s: pkg/daemons/control/deps/deps.go). Names are held against DNS names alone, so it cannot be an address.
 * - timeout tunnel is longer than the four hours after which a kubelet itself ends an exec that says nothing.
 * - on-marked-down: watches of a dead server end at once instead of hanging on it.
 * @see https://docs.haproxy.org/2.8/configuration.html
 */
export function haproxyConfig(cluster: Cluster): string {
  return `global
  log stdout format raw local0 notice
  chroot /var/lib/haproxy
  user haproxy
  group haproxy
  maxconn 8192

defaults
  mode tcp
  log global
  balance leastconn
  retries 2
  option redispatch
  option clitcpka
  option srvtcpka
  timeout connect 3s
  timeout check 3s
  timeout client 1m
  timeout server 1m
  timeout tunnel 5h

frontend api
  bind :6443
  default_backend api

frontend supervisor
  bind :9345
  default_backend supervisor

frontend monitor
  mode http
  bind 127.0.0.1:${monitorPort}
  monitor-uri /ready
  monitor fail if { nbsrv(api) lt 1 }

backend api
  option httpchk
  http-check send meth GET uri /readyz ver HTTP/1.1 hdr Host ${apiServerName}
  http-check expect status 200
  default-server check check-ssl verify required verifyhost ${apiServerName} ca-file ${paths.serverAuthority} crt ${paths.loadBalancerCredential} inter 2s fastinter 1s fall 2 rise 2 slowstart 30s on-marked-down shutdown-sessions
${cluster.servers.map(({ name, address }) => `  server ${name} ${address}:6443\n`).join("")}
backend supervisor
  default-server on-marked-down shutdown-sessions
${cluster.servers.map(({ name, address }) => `  server ${name} ${address}:9345 track api/${name}\n`).join("")}`;
}

/** apiServerName that every API server's certificate has, and no other certificate of the cluster. */
const apiServerName = "kubernetes.default.svc";
