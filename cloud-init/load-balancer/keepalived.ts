import type { LoadBalancerNode } from "../../config/model";
import type { HaProxy } from "../../config/model/api";
import { networkInterface } from "../seed";
import { monitorPort } from "./haproxy";

/**
 * keepalivedConfig holds the API address on one of the two machines, as long as HAProxy there reaches a server.
 *
 * - Without a server nobody holds the address. A connection to it then finds nobody, where HAProxy would take it and
 *   close it again, which a server that has to know whether its cluster lives cannot tell from a server that hangs.
 * - Both begin as BACKUP with nopreempt, so that a machine that comes back does not cut every connection once more.
 * - unicast_peer: bridges and switches filter multicast. A password would be no protection (RFC 5798 §9).
 * - HAProxy supposes every server up until its first checks. vrrp_startup_delay and rise are longer than that takes: the
 *   first for a machine that starts, where one success would be enough (init_fail changes nothing about it in 2.2.7), the
 *   second for HAProxy alone.
 * @see https://www.keepalived.org/manpage.html
 */
export function keepalivedConfig(api: HaProxy, node: LoadBalancerNode): string {
  const peers = api.loadBalancers.filter(({ name }) => name !== node.name);
  const isFirst = node.name === api.loadBalancers[0]?.name;
  return `global_defs {
  router_id ${node.name}
  vrrp_startup_delay 10
  enable_script_security
  script_user nobody nogroup
}

vrrp_script haproxy {
  script "/usr/bin/curl --silent --fail --output /dev/null --max-time 2 http://127.0.0.1:${monitorPort}/ready"
  interval 2
  timeout 3
  fall 2
  rise 3
}

vrrp_instance api {
  state BACKUP
  nopreempt
  interface ${networkInterface}
  virtual_router_id ${api.routerId}
  priority ${isFirst ? 101 : 100}
  advert_int 1
  unicast_src_ip ${node.address}
  unicast_peer {
${peers.map(({ address }) => `    ${address}\n`).join("")}  }
  virtual_ipaddress {
    ${api.address}/32
  }
  track_script {
    haproxy
  }
}
`;
}
