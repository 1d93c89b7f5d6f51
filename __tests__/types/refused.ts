import { defineCluster } from "../../config/define-cluster";

/** What an editor shows in red: the line below each directive, for the word in it. Read by refused.test.ts, never run. */

const hosts = {
  pve1: { address: "192.168.0.11", cores: 16, memory: "64 GiB", storage: { "local-lvm": "900 GiB" } },
  pve2: { address: "192.168.0.12", cores: 16, memory: "64 GiB", storage: { tank: "2 TiB" } },
} as const;

const proxmox = {
  endpoint: "https://192.168.0.10:8006/",
  hosts,
  bridge: "vmbr0",
  disks: "local-lvm",
  images: "local",
  snippets: "local",
  pool: "home",
} as const;

const network = {
  nodes: "192.168.0.0/24",
  gateway: "192.168.0.1",
  dns: ["192.168.0.1"],
  pods: "172.29.0.0/16",
  services: "172.30.0.0/16",
};

const size = { cores: 4, memory: "8 GiB", disk: "80 GiB" } as const;

const rest = {
  name: "home",
  network,
  template: { cloudImage: "ubuntu-24.04" },
  rke2: { version: "v1.36.5+rke2r1" },
  api: { address: "192.168.0.20", through: "kube-vip" },
  loadBalancer: { addresses: "192.168.0.240-192.168.0.250" },
} as const;

const withoutApi = {
  name: "home",
  network,
  template: rest.template,
  rke2: rest.rke2,
  loadBalancer: rest.loadBalancer,
};

const servers = { count: 1, first: "192.168.0.21", on: ["pve1"], ...size } as const;
const workers = { count: 3, first: "192.168.0.31", on: ["pve1", "pve2"], ...size } as const;

export const sound = defineCluster({ ...rest, proxmox, servers, workers });
export const soundPools = defineCluster({
  ...rest,
  proxmox,
  servers,
  workers: { gpu: workers, general: workers },
});
export const soundStores = defineCluster({
  ...rest,
  proxmox: { ...proxmox, sharedStorage: { rbd: "4 TiB" }, disks: "rbd", images: "tank" },
  servers,
  workers,
});

const entries = {
  configMaps: { settings: { "app.ini": "" } },
  secrets: { admins: { htpasswd: "admins" }, token: { keys: { "api-token": "token" } } },
  issuers: { internal: { selfSigned: true } },
  certificates: { "a.com": { issuer: "internal" } },
  services: {
    hello: { image: "hello:1", port: 8080 },
    canary: { image: "hello:2", port: 8080 },
  },
} as const;

const proxy = {
  nginxProxyManager: { url: "http://192.168.0.100:81", address: "192.168.0.100" },
} as const;

export const soundEntries = defineCluster({
  ...rest,
  ...entries,
  proxmox,
  servers,
  workers,
  loadBalancer: { pools: { public: { addresses: "192.168.0.240-192.168.0.250" } } },
  services: {
    ...entries.services,
    more: {
      image: "more:1",
      port: 8080,
      env: { TOKEN: { secret: "token", key: "api-token" } },
      volumes: { settings: { configMap: "settings", mount: "/etc/app" } },
      expose: { type: "LoadBalancer", pool: "public" },
    },
  },
  routes: [
    {
      host: "a.com",
      tls: "a.com",
      paths: {
        "/": "hello",
        "/b": {
          to: { hello: 90, canary: 10 },
          when: [{ methods: ["GET"], to: "canary" }],
          mirror: { to: "more" },
          basicAuth: "admins",
          externalAuth: { to: "more" },
          errorPages: { to: "more", statuses: [500] },
        },
      },
    },
  ],
});

export const routeToUnknownService = defineCluster({
  ...rest,
  ...entries,
  proxmox,
  servers,
  workers,
  // @ts-expect-error: "helo"
  routes: [{ host: "a.com", paths: { "/": "helo" } }],
});

export const routeWithoutServices = defineCluster({
  ...rest,
  proxmox,
  servers,
  workers,
  // @ts-expect-error: not assignable
  routes: [{ host: "a.com", paths: { "/": "hello" } }],
});

export const weightOfUnknownService = defineCluster({
  ...rest,
  ...entries,
  proxmox,
  servers,
  workers,
  // @ts-expect-error: 'canery'
  routes: [{ host: "a.com", paths: { "/": { to: { hello: 90, canery: 10 } } } }],
});

export const conditionToUnknownService = defineCluster({
  ...rest,
  ...entries,
  proxmox,
  servers,
  workers,
  // @ts-expect-error: "next"
  routes: [{ host: "a.com", paths: { "/": { to: "hello", when: [{ methods: ["GET"], to: "next" }] } } }],
});

export const mirrorToUnknownService = defineCluster({
  ...rest,
  ...entries,
  proxmox,
  servers,
  workers,
  // @ts-expect-error: "shadow"
  routes: [{ host: "a.com", paths: { "/": { to: "hello", mirror: { to: "shadow" } } } }],
});

export const authByUnknownService = defineCluster({
  ...rest,
  ...entries,
  proxmox,
  servers,
  workers,
  // @ts-expect-error: "login"
  routes: [{ host: "a.com", paths: { "/": "hello" }, externalAuth: { to: "login" } }],
});

export const pagesOfUnknownService = defineCluster({
  ...rest,
  ...entries,
  proxmox,
  servers,
  workers,
  // @ts-expect-error: "pages"
  routes: [{ host: "a.com", paths: { "/": "hello" }, errorPages: { to: "pages", statuses: [500] } }],
});

export const passthroughToUnknownService = defineCluster({
  ...rest,
  ...entries,
  proxmox,
  servers,
  workers,
  // @ts-expect-error: "raw"
  routes: [{ host: "a.com", passthrough: "raw" }],
});

export const unknownPasswords = defineCluster({
  ...rest,
  ...entries,
  proxmox,
  servers,
  workers,
  // @ts-expect-error: "adminz"
  routes: [{ host: "a.com", paths: { "/": "hello" }, basicAuth: "adminz" }],
});

export const unknownCertificate = defineCluster({
  ...rest,
  ...entries,
  proxmox,
  servers,
  workers,
  // @ts-expect-error: "b.com"
  routes: [{ host: "b.com", tls: "b.com", paths: { "/": "hello" } }],
});

export const unknownEdgeCertificate = defineCluster({
  ...rest,
  ...entries,
  proxmox,
  servers,
  workers,
  // @ts-expect-error: "b.com"
  routes: [{ host: "b.com", edge: { certificate: "b.com" }, paths: { "/": "hello" } }],
});

export const soundEdge = defineCluster({
  ...rest,
  ...entries,
  proxmox,
  servers,
  workers,
  routes: [{ host: "a.com", edge: { certificate: "a.com" }, paths: { "/": "hello" } }],
  edge: {
    ...proxy,
    redirections: { "b.com": { to: "a.com", certificate: "a.com" } },
    notFound: { "c.com": { certificate: "a.com" } },
    streams: {
      db: { port: 5432, to: { service: "hello" }, certificate: "a.com" },
      raw: { port: 8443, to: { ingress: 443 } },
    },
    defaultSite: { redirect: "https://a.com" },
  },
});

export const redirectionWithUnknownCertificate = defineCluster({
  ...rest,
  ...entries,
  proxmox,
  servers,
  workers,
  // @ts-expect-error: "b.com"
  edge: { ...proxy, redirections: { "b.com": { to: "a.com", certificate: "b.com" } } },
});

export const notFoundWithUnknownCertificate = defineCluster({
  ...rest,
  ...entries,
  proxmox,
  servers,
  workers,
  // @ts-expect-error: "c.com"
  edge: { ...proxy, notFound: { "c.com": { certificate: "c.com" } } },
});

export const streamToUnknownService = defineCluster({
  ...rest,
  ...entries,
  proxmox,
  servers,
  workers,
  // @ts-expect-error: "db"
  edge: { ...proxy, streams: { db: { port: 5432, to: { service: "db" } } } },
});

export const streamWithUnknownCertificate = defineCluster({
  ...rest,
  ...entries,
  proxmox,
  servers,
  workers,
  // @ts-expect-error: "db.com"
  edge: { ...proxy, streams: { db: { port: 5432, to: { service: "hello" }, certificate: "db.com" } } },
});

export const accessListAtTheEdge = defineCluster({
  ...rest,
  ...entries,
  proxmox,
  servers,
  workers,
  // @ts-expect-error: 'accessListId'
  routes: [{ host: "a.com", edge: { certificate: "a.com", accessListId: 3 }, paths: { "/": "hello" } }],
});

export const unknownIssuer = defineCluster({
  ...rest,
  ...entries,
  proxmox,
  servers,
  workers,
  // @ts-expect-error: "letsencrypt"
  certificates: { "a.com": { issuer: "letsencrypt" } },
});

export const unknownTokenOfIssuer = defineCluster({
  ...rest,
  ...entries,
  proxmox,
  servers,
  workers,
  // @ts-expect-error: "cloudflare"
  issuers: { internal: { acme: { email: "a@b.c", dns01: { cloudflare: { secret: "cloudflare" } } } } },
});

export const unknownSecretInEnvironment = defineCluster({
  ...rest,
  ...entries,
  proxmox,
  servers,
  workers,
  // @ts-expect-error: "tokens"
  services: { hello: { image: "hello:1", env: { TOKEN: { secret: "tokens", key: "api-token" } } } },
});

export const unknownConfigMap = defineCluster({
  ...rest,
  ...entries,
  proxmox,
  servers,
  workers,
  // @ts-expect-error: "setings"
  services: { hello: { image: "hello:1", volumes: { app: { configMap: "setings", mount: "/etc" } } } },
});

export const unknownPool = defineCluster({
  ...rest,
  ...entries,
  proxmox,
  servers,
  workers,
  // @ts-expect-error: "public"
  services: { hello: { image: "hello:1", port: 80, expose: { type: "LoadBalancer", pool: "public" } } },
});

export const claimOfDeployment = defineCluster({
  ...rest,
  proxmox,
  servers,
  workers,
  // @ts-expect-error: 'size'
  services: { db: { image: "db:1", volumes: { data: { size: "1 GiB", mount: "/data" } } } },
});

export const durationWithoutUnit = defineCluster({
  ...rest,
  ...entries,
  proxmox,
  servers,
  workers,
  // @ts-expect-error: number
  routes: [{ host: "a.com", paths: { "/": "hello" }, timeouts: { request: 10 } }],
});

export const serverOnUnknownHost = defineCluster({
  ...rest,
  proxmox,
  // @ts-expect-error: "pve3"
  servers: { count: 1, first: "192.168.0.21", on: ["pve3"], ...size },
  workers,
});

export const workerOnUnknownHost = defineCluster({
  ...rest,
  proxmox,
  servers,
  // @ts-expect-error: "pve-2"
  workers: { count: 1, first: "192.168.0.31", on: ["pve1", "pve-2"], ...size },
});

export const poolOnUnknownHost = defineCluster({
  ...rest,
  proxmox,
  servers,
  // @ts-expect-error: "pve9"
  workers: { gpu: { count: 1, first: "192.168.0.31", on: ["pve9"], ...size } },
});

export const unknownDisks = defineCluster({
  ...rest,
  // @ts-expect-error: "local-lmv"
  proxmox: { ...proxmox, disks: "local-lmv" },
  servers,
  workers,
});

export const unknownImages = defineCluster({
  ...rest,
  // @ts-expect-error: "iso-store"
  proxmox: { ...proxmox, images: "iso-store" },
  servers,
  workers,
});

export const unknownSnippets = defineCluster({
  ...rest,
  // @ts-expect-error: "nfs"
  proxmox: { ...proxmox, sharedStorage: { rbd: "4 TiB" }, snippets: "nfs" },
  servers,
  workers,
});

export const memoryWithoutUnit = defineCluster({
  ...rest,
  proxmox,
  // @ts-expect-error: GiB
  servers: { ...servers, memory: 8192 },
  workers,
});

export const diskInDecimalUnits = defineCluster({
  ...rest,
  proxmox,
  // @ts-expect-error: "60 GB"
  servers: { ...servers, disk: "60 GB" },
  workers,
});

export const unknownCni = defineCluster({
  ...rest,
  proxmox,
  servers,
  workers,
  // @ts-expect-error: "flannel"
  rke2: { version: "v1.36.5+rke2r1", cni: "flannel" },
});

export const unknownController = defineCluster({
  ...rest,
  proxmox,
  servers,
  workers,
  // @ts-expect-error: "haproxy"
  ingress: { controller: "haproxy", address: "192.168.0.240" },
});

export const unknownImage = defineCluster({
  ...rest,
  proxmox,
  servers,
  workers,
  // @ts-expect-error: "ubuntu-22.04"
  template: { cloudImage: "ubuntu-22.04" },
});

export const misspeltField = defineCluster({
  ...rest,
  proxmox,
  servers,
  workers,
  // @ts-expect-error: 'protekt'
  protekt: false,
});

const pair = { first: "192.168.0.18", on: ["pve1", "pve2"] } as const;

export const soundOptions = defineCluster({
  ...rest,
  proxmox: { ...proxmox, overcommit: 2 },
  servers: {
    ...servers,
    dedicated: true,
    arguments: { "kube-apiserver": { "audit-log-maxage": "60" }, kubelet: { "max-pods": "150" } },
    etcd: { snapshots: false },
  },
  workers: { gpu: { ...workers, arguments: { kubelet: { "max-pods": "150" }, "kube-proxy": {} } } },
  rke2: { ...rest.rke2, profile: "cis", audit: "request", registries: { mirrors: { "*": {} } } },
  api: { address: "192.168.0.20", through: "haproxy", loadBalancers: { ...pair, routerId: 7 } },
  storage: "longhorn",
  upgrades: { window: { days: ["sunday"], startTime: "02:00", endTime: "05:00" } },
  state: { http: { address: "https://git.test.com/state" } },
});

export const controlPlaneArgumentsOnWorkers = defineCluster({
  ...rest,
  proxmox,
  servers,
  // @ts-expect-error: "kube-apiserver"
  workers: { ...workers, arguments: { "kube-apiserver": { "audit-log-maxage": "60" } } },
});

export const etcdArgumentsOnANamedPool = defineCluster({
  ...rest,
  proxmox,
  servers,
  // @ts-expect-error: 'etcd'
  workers: { gpu: { ...workers, arguments: { etcd: { "quota-backend-bytes": "4294967296" } } } },
});

export const etcdOnWorkers = defineCluster({
  ...rest,
  proxmox,
  servers,
  // @ts-expect-error: 'snapshots'
  workers: { ...workers, etcd: { snapshots: false } },
});

export const etcdOnANamedPool = defineCluster({
  ...rest,
  proxmox,
  servers,
  // @ts-expect-error: 'etcd'
  workers: { gpu: { ...workers, etcd: { snapshots: false } } },
});

export const dedicatedWorkers = defineCluster({
  ...rest,
  proxmox,
  servers,
  // @ts-expect-error: 'boolean'
  workers: { ...workers, dedicated: true },
});

export const dedicatedNamedPool = defineCluster({
  ...rest,
  proxmox,
  servers,
  // @ts-expect-error: 'dedicated'
  workers: { gpu: { ...workers, dedicated: true } },
});

export const unknownProgram = defineCluster({
  ...rest,
  proxmox,
  // @ts-expect-error: "kube-dns"
  servers: { ...servers, arguments: { "kube-dns": {} } },
  workers,
});

export const numberAsAFlag = defineCluster({
  ...rest,
  proxmox,
  // @ts-expect-error: 'number'
  servers: { ...servers, arguments: { kubelet: { "max-pods": 150 } } },
  workers,
});

export const profileOnServers = defineCluster({
  ...rest,
  proxmox,
  // @ts-expect-error: 'profile'
  servers: { ...servers, profile: "cis" },
  workers,
});

export const unknownProfile = defineCluster({
  ...rest,
  proxmox,
  servers,
  workers,
  // @ts-expect-error: "cis-1.23"
  rke2: { ...rest.rke2, profile: "cis-1.23" },
});

export const passwordInTheFile = defineCluster({
  ...rest,
  proxmox,
  servers,
  workers,
  // @ts-expect-error: 'string'
  rke2: { ...rest.rke2, registries: { configs: { "a.com": { auth: { username: "a", password: "b" } } } } },
});

export const loadBalancersWithoutHaProxy = defineCluster({
  ...rest,
  proxmox,
  servers,
  workers,
  // @ts-expect-error: 'loadBalancers'
  api: { address: "192.168.0.20", through: "kube-vip", loadBalancers: pair },
});

export const haProxyWithoutLoadBalancers = defineCluster({
  ...rest,
  proxmox,
  servers,
  workers,
  // @ts-expect-error: 'loadBalancers'
  api: { address: "192.168.0.20", through: "haproxy" },
});

export const loadBalancersOnAnUnknownHost = defineCluster({
  ...rest,
  proxmox,
  servers,
  workers,
  // @ts-expect-error: "pve9"
  api: { address: "192.168.0.20", through: "haproxy", loadBalancers: { ...pair, on: ["pve1", "pve9"] } },
});

export const labelsOfLoadBalancers = defineCluster({
  ...rest,
  proxmox,
  servers,
  workers,
  // @ts-expect-error: 'labels'
  api: { address: "192.168.0.20", through: "haproxy", loadBalancers: { ...pair, labels: {} } },
});

export const unknownStorage = defineCluster({
  ...rest,
  proxmox,
  servers,
  workers,
  // @ts-expect-error: "ceph"
  storage: "ceph",
});

export const unknownDay = defineCluster({
  ...rest,
  proxmox,
  servers,
  workers,
  // @ts-expect-error: "sun"
  upgrades: { window: { days: ["sun"], startTime: "02:00", endTime: "05:00" } },
});

export const twoStates = defineCluster({
  ...rest,
  proxmox,
  servers,
  workers,
  // @ts-expect-error: 'key'
  state: { s3: { bucket: "states", region: "eu", key: "a" } },
});

// @ts-expect-error: 'api'
export const missingApi = defineCluster({ ...withoutApi, proxmox, servers, workers });
