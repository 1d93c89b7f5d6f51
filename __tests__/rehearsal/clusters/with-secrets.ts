import { defineCluster } from "../../../config/define-cluster";
import before from "./two-workers";

export const rke2 = {
  ...before.rke2,
  registries: {
    mirrors: { "docker.io": { endpoint: ["https://registry.example.com"] } },
    configs: {
      "registry.example.com": {
        auth: { username: "machines", password: { fromVariable: "registry_password" } },
      },
    },
  },
};

export const servers = {
  ...before.servers,
  etcd: {
    snapshots: {
      s3: {
        bucket: "snapshots",
        accessKey: { fromVariable: "snapshots_access_key" },
        secretKey: { fromVariable: "snapshots_secret_key" },
      },
    },
  },
};

/** Secrets of the operator's on machines: a registry's login, the keys to a store of snapshots. */
export default defineCluster({ ...before, rke2, servers });
