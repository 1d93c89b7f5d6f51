import { machinesOf } from "../config/load-balancers";
import type { Cluster } from "../config/model";
import { counted } from "../config/words";
import { apiArrows, apiBox } from "./machines/api";
import { roomsOf } from "./machines/rooms";
import type { Part } from "./picture";

/** machinesPart of a cluster: the API's address, and which machine is on which Proxmox host. */
export function machinesPart(cluster: Cluster): Part {
  const rooms = roomsOf(cluster);
  const hosts = new Set(machinesOf(cluster).map(({ host }) => host.name)).size;
  const idle = cluster.proxmox.hosts.length - hosts;
  return {
    name: "machines",
    columns: [[apiBox(cluster)], rooms],
    frame: {
      title: "Proxmox",
      note: [
        counted(hosts, "host"),
        ...(idle === 0 ? [] : [`${idle} more without machines of this cluster`]),
        `pool ${cluster.proxmox.pool}`,
      ].join(", "),
      first: 1,
    },
    arrows: apiArrows(cluster),
  };
}
