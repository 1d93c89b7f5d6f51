import type { ControlPlane, Registries, Rke2, Snapshots } from "../model/rke2";
import type { ClusterInput } from "../schema";
import { serverArgumentsOf } from "./arguments";
import { cniOf } from "./network";

/** rke2Of a cluster: what all of its nodes have alike. */
export function rke2Of(input: ClusterInput): Rke2 {
  const { version, sha256, initialise, profile, systemDefaultRegistry, artifacts } = input.rke2;
  const audit = input.rke2.audit ?? (profile === "cis" ? "metadata" : undefined);
  return {
    version,
    ...(sha256 === undefined ? {} : { sha256 }),
    cni: cniOf(input),
    initialise: initialise ?? "first-day",
    ...(profile === undefined ? {} : { profile }),
    ...(audit === undefined ? {} : { audit }),
    registries: registriesOf(input),
    embeddedRegistry: input.rke2.embeddedRegistry ?? false,
    ...(systemDefaultRegistry === undefined ? {} : { systemDefaultRegistry }),
    ...(artifacts === undefined
      ? {}
      : { artifacts: { from: artifacts.from.replace(/\/+$/, ""), images: artifacts.images ?? true } }),
  };
}

/** controlPlaneOf a cluster: what its servers have alike. RKE2's own defaults for snapshots are written out. */
export function controlPlaneOf(input: ClusterInput): ControlPlane {
  const snapshots = snapshotsOf(input);
  return {
    arguments: serverArgumentsOf(input.servers.arguments),
    ...(snapshots === undefined ? {} : { snapshots }),
  };
}

/** snapshotsOf etcd. Defaults: rke2-docs, docs/datastore/backup_restore.md */
function snapshotsOf({ name, servers }: ClusterInput): Snapshots | undefined {
  const written = servers.etcd?.snapshots ?? {};
  if (written === false) return undefined;
  const { schedule, retention, compress, s3 } = written;
  return {
    schedule: schedule ?? "0 0,12 * * *",
    retention: retention ?? 5,
    compress: compress ?? false,
    ...(s3 === undefined
      ? {}
      : {
          s3: {
            endpoint: s3.endpoint ?? "s3.amazonaws.com",
            bucket: s3.bucket,
            folder: s3.folder ?? name,
            region: s3.region ?? "us-east-1",
            accessKeyVariable: s3.accessKey.fromVariable,
            secretKeyVariable: s3.secretKey.fromVariable,
            ...(s3.ca === undefined ? {} : { ca: s3.ca }),
          },
        }),
  };
}

function registriesOf({ rke2: { registries } }: ClusterInput): Registries {
  return {
    mirrors: Object.entries(registries?.mirrors ?? {}).map(([registry, { endpoint, rewrite }]) => ({
      registry,
      endpoint: endpoint ?? [],
      rewrite: rewrite ?? {},
    })),
    configs: Object.entries(registries?.configs ?? {}).map(([host, { auth, tls }]) => ({
      host,
      ...(auth === undefined
        ? {}
        : { auth: { username: auth.username, passwordVariable: auth.password.fromVariable } }),
      ...(tls?.ca === undefined ? {} : { ca: tls.ca }),
      insecureSkipVerify: tls?.insecureSkipVerify ?? false,
    })),
  };
}
