import { paths } from "../../cloud-init/paths";
import type { Cluster, Machine } from "../../config/model";
import { standInRelease } from "../../lab/boot/stand-in/release";
import type { BootMachine, BootSubject } from "../../lab/boot/subject";
import { clientCertificate } from "../../lab/network/certificate";
import { branches } from "./branches";
import { fullCluster, shortCluster } from "./cluster";
import { seedOf } from "./documents";
import { type Identity, identityOf } from "./identity";

/** bootSubject: the machines of the short form, or of the full one with two load balancers, on drives made for one run. */
export async function bootSubject(full: boolean): Promise<BootSubject> {
  const { archive, sha256 } = standInRelease();
  const artifacts = { from: "http://192.168.0.1/rke2", sha256 };
  const cluster = full ? fullCluster(artifacts) : shortCluster(artifacts);
  const identity = await identityOf(cluster.name, 0);
  const { network, api, rke2 } = cluster;
  return {
    machines: await Promise.all(bootedOf(cluster).map((machine) => bootMachine(cluster, machine, identity))),
    network: { gateway: network.gateway, prefix: network.nodes.prefix, nameservers: network.dns },
    api: { address: api.address, through: api.through },
    release: { path: `/rke2/${encodeURIComponent(rke2.version)}/rke2.linux-amd64.tar.gz`, archive },
    branches: await branches(),
    bootstrapScript: paths.bootstrap,
    joinFile: `${paths.rke2}/config.yaml.d/40-join.yaml`,
    administrator: await clientCertificate(identity.authorities["client-ca"], {
      commonName: "slipway:administrator",
      organization: "slipway:administrators",
    }),
    serverAuthority: identity.authorities["server-ca"].certificatePem,
  };
}

/** bootedOf a cluster: all but the third server. */
function bootedOf({ api, servers, workers }: Cluster): Machine[] {
  return [...(api.through === "haproxy" ? api.loadBalancers : []), ...servers.slice(0, 2), ...workers];
}

async function bootMachine(cluster: Cluster, machine: Machine, identity: Identity): Promise<BootMachine> {
  const { name, role, mac, address } = machine;
  return {
    name,
    role,
    mac,
    address,
    seed: await seedOf(cluster, machine, identity),
    ...(machine.role === "server" && {
      decides: {
        first: machine.mayInitialise ? `${name} begins the cluster` : `${name} joins through`,
        second: `${name} has its etcd data and starts with it`,
      },
    }),
  };
}
