import { withValue } from "./shape";
import type { Issue } from "./shape";

/**
 * standIns take the place of values that cannot be read, so that the rules still see the rest of the file.
 * There are two of each, with nothing in common: a problem that only one of them has is the stand-in's, not the operator's.
 */
export const standIns: readonly [object, object] = [
  standIn(0, {
    size: "8 GiB",
    disk: "60 GiB",
    version: "v1.36.5+rke2r1",
    through: "kube-vip",
    count: 1,
    cores: 4,
  }),
  standIn(1, {
    size: "16 GiB",
    disk: "70 GiB",
    version: "v1.35.7+rke2r1",
    through: "first-server",
    count: 3,
    cores: 8,
  }),
];

/** standInAt a path; in a record any name leads to the one entry there is. */
export function standInAt(cluster: object, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => {
    if (typeof value !== "object" || value === null) return undefined;
    const fields = new Map<PropertyKey, unknown>(Object.entries(value));
    return (
      fields.get(key) ?? fields.get("*") ?? fields.get("/*") ?? (Array.isArray(value) ? value[0] : undefined)
    );
  }, cluster);
}

/** repaired: a copy of a literal in which each value that zod refused is a stand-in's, or gone if it need not be there. */
export function repaired(literal: unknown, issues: readonly Issue[], standIn: object): unknown {
  return issues.reduce((value, issue) => {
    if (issue.code !== "unrecognized_keys")
      return withValue(value, issue.path, standInAt(standIn, issue.path));
    return issue.keys.reduce((inner, key) => withValue(inner, [...issue.path, key], undefined), value);
  }, literal);
}

interface Values {
  readonly size: string;
  readonly disk: string;
  readonly version: string;
  readonly through: string;
  readonly count: number;
  readonly cores: number;
}

function standIn(which: 0 | 1, { size, disk, version, through, count, cores }: Values): object {
  const net = which === 0 ? "192.168.0" : "198.51.100";
  const pool = {
    count,
    first: `${net}.21`,
    on: [which === 0 ? "pve1" : "host-1"],
    cores,
    memory: size,
    disk,
  };
  const suffix = which === 0 ? "" : "_1";
  const shown = { certificate: `certificate-${which}`, hsts: { subdomains: which === 0 } };
  return {
    name: `cluster-${which}`,
    proxmox: {
      endpoint: `https://${net}.10:8006/`,
      hosts: {
        "*": {
          address: `${net}.1${which}`,
          cores: 64,
          memory: "512 GiB",
          storage: { "*": `${which + 9} TiB` },
        },
      },
      bridge: "vmbr0",
      disks: "local",
      images: "local",
      snippets: "local",
      pool: `pool-${which}`,
    },
    network: {
      nodes: `${net}.0/24`,
      gateway: `${net}.1`,
      dns: [`${net}.1`],
      pods: `10.${100 + which}.0.0/16`,
      services: `10.${200 + which}.0.0/16`,
      proxy: { url: `http://${net}.99:3128` },
    },
    template: { cloudImage: "ubuntu-24.04" },
    servers: {
      ...pool,
      etcd: {
        snapshots: {
          s3: {
            bucket: `bucket-${which}`,
            accessKey: { fromVariable: `s3_access_key${suffix}` },
            secretKey: { fromVariable: `s3_secret_key${suffix}` },
          },
        },
      },
    },
    workers: { ...pool, "*": pool },
    rke2: {
      version,
      registries: {
        configs: {
          "*": {
            auth: { username: `user-${which}`, password: { fromVariable: `registry_password${suffix}` } },
          },
        },
      },
      artifacts: { from: `https://mirror-${which}.test` },
    },
    api: { address: `${net}.20`, through, loadBalancers: { first: `${net}.18`, on: pool.on } },
    upgrades: { window: { startTime: `0${which}:00`, endTime: `0${which + 3}:00` } },
    state: {
      s3: { bucket: `bucket-${which}`, region: `region-${which}` },
      http: { address: `https://state-${which}.test` },
    },
    loadBalancer: {
      addresses: `${net}.24${which}-${net}.25${which}`,
      pools: { "*": { addresses: `${net}.24${which}-${net}.25${which}` } },
    },
    ingress: { controller: "traefik", address: `${net}.24${which}` },
    services: { "*": { image: `stand-in:${which}`, port: 8080 + which } },
    configMaps: { "*": { "*": `text ${which}` } },
    secrets: { "*": { keys: { "*": `variable_${which}` } } },
    issuers: { "*": { selfSigned: { commonName: `authority-${which}` } } },
    certificates: { "*": { issuer: `issuer-${which}` } },
    routes: [
      {
        host: `host-${which}.test`,
        paths: { "/*": `service-${which}` },
        tls: `certificate-${which}`,
        edge: {
          ...shown,
          locations: { "*": { to: { address: `${net}.9${which}`, port: 8000 + which } } },
        },
      },
    ],
    edge: {
      nginxProxyManager: { url: `http://${net}.100:81`, address: `${net}.100` },
      redirections: { "*": { to: `new-${which}.test`, ...shown } },
      notFound: { "*": shown },
      streams: { "*": { port: 9000 + which, to: { ingress: 443 } } },
      defaultSite: "404",
    },
  };
}
