import { home } from "./home";

/** A certificate of a made-up authority; its key was thrown away. */
export const authority = `-----BEGIN CERTIFICATE-----
MIIBqjCCAU+gAwIBAgIUTi4jBD+gJ8ydxaHECl8nGRgrd+kwCgYIKoZIzj0EAwIw
KTEnMCUGA1UEAwwecmVnaXN0cnkgYXV0aG9yaXR5IG9mIHRlc3QuY29tMCAXDTI2
MTEyMTE5MDEwMloYDzIxMjYxMDI4MTkwMTAyWjApMScwJQYDVQQDDB5yZWdpc3Ry
eSBhdXRob3JpdHkgb2YgdGVzdC5jb20wWTATBgcqhkjOPQIBBggqhkjOPQMBBwNC
AASgrG3B7pDXo2wOsHsM58sn3s8d+b41818WsOa3gIOn/+Qk3UkagtDtCyKMulae
D2iZImWXxfseJPshSW2EPRoxo1MwUTAdBgNVHQ4EFgQUUpHc0atLFSxjgWc3Z/1R
+7TibogwHwYDVR0jBBgwFoAUUpHc0atLFSxjgWc3Z/1R+7TibogwDwYDVR0TAQH/
BAUwAwEB/zAKBggqhkjOPQQDAgNJADBGAiEAtLrGpioBAkimTgOHDfFYe448aeDE
ewjwnTkneC5B/4wCIQCVdmgrEqQNWqEnFb62mchMVe+A1jBWiGtq5NcYCrtGdA==
-----END CERTIFICATE-----
`;

/** Every option of RKE2, of upgrades and of the state, each with a sound value. */
export const optioned = {
  ...home,
  proxmox: { ...home.proxmox, overcommit: 2 },
  network: {
    ...home.network,
    proxy: {
      url: "http://192.168.0.3:3128",
      except: [".test.com", "git.test.com", "10.0.0.0/8", "192.168.1.7"],
    },
  },
  servers: {
    ...home.servers,
    dedicated: true,
    arguments: {
      kubelet: { "max-pods": "150", "kube-reserved": "cpu=200m,memory=512Mi" },
      "kube-apiserver": { "audit-log-maxage": "60", "runtime-config": ["api/beta=true", "api/alpha=false"] },
      "kube-controller-manager": { "node-monitor-grace-period": "30s" },
      "kube-scheduler": { v: "2" },
      etcd: { "quota-backend-bytes": "4294967296" },
    },
    etcd: {
      snapshots: {
        schedule: "0 */6 * * *",
        retention: 10,
        compress: true,
        s3: {
          endpoint: "s3.test.com:9000",
          bucket: "etcd",
          folder: "clusters/home",
          region: "eu-central-1",
          accessKey: { fromVariable: "s3_access_key" },
          secretKey: { fromVariable: "s3_secret_key" },
          ca: authority,
        },
      },
    },
  },
  workers: {
    ...home.workers,
    arguments: { kubelet: { "max-pods": "150" }, "kube-proxy": { "proxy-mode": "nftables" } },
  },
  rke2: {
    ...home.rke2,
    sha256: "0123456789abcdef".repeat(4),
    initialise: "first-day",
    profile: "cis",
    audit: "request",
    registries: {
      mirrors: {
        "docker.io": {
          endpoint: ["https://registry.test.com:5000"],
          rewrite: { "^rancher/(.*)": "mirror/$1" },
        },
        "*": {},
      },
      configs: {
        "registry.test.com:5000": {
          auth: { username: "nodes", password: { fromVariable: "registry_password" } },
          tls: { ca: authority, insecureSkipVerify: false },
        },
      },
    },
    embeddedRegistry: true,
    systemDefaultRegistry: "registry.test.com:5000",
    artifacts: { from: "https://releases.test.com/rke2/", images: true },
  },
  api: {
    address: "192.168.0.20",
    through: "haproxy",
    loadBalancers: {
      first: "192.168.0.18",
      on: ["pve1", "pve2"],
      cores: 2,
      memory: "2 GiB",
      disk: "10 GiB",
      routerId: 77,
    },
  },
  storage: "longhorn",
  upgrades: {
    concurrency: 2,
    drain: true,
    window: { days: ["saturday", "sunday"], startTime: "02:00", endTime: "05:30", timeZone: "Europe/Berlin" },
  },
  state: {
    s3: { bucket: "states", region: "eu-central-1", folder: "slipway/home", endpoint: "https://s3.test.com" },
  },
  accept: { "template/unpinned": "an example" },
};
