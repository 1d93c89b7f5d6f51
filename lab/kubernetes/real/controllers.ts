import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { addressOf, type ClusterRanges, rangeOf } from "../store/cluster-ranges";
import { type Daemon, startDaemon } from "./daemon";
import { kubeconfig, type Pki } from "./pki";
import { kwokConfiguration } from "./kwok-stages";
import type { Programs } from "./programs";

export interface ControllerOptions {
  readonly programs: Programs<"kube-controller-manager" | "kube-scheduler" | "kwok">;
  readonly pki: Pki;
  readonly apiPort: number;
  readonly ranges: ClusterRanges;
  readonly folder: string;
}

/** startControllers: kube-controller-manager and kube-scheduler as RKE2 starts them, and KWOK in place of kubelets. */
export async function startControllers(options: ControllerOptions): Promise<readonly Daemon[]> {
  const { programs, pki, ranges, folder } = options;
  const [manager, scheduler, kwok] = await Promise.all([
    credentials(options, "kube-controller-manager", "system:kube-controller-manager"),
    credentials(options, "kube-scheduler", "system:kube-scheduler"),
    credentials(options, "kwok", "system:admin", "system:masters"),
  ]);
  const stages = join(folder, "kwok-stages.yaml");
  writeFileSync(stages, kwokConfiguration);
  const start = (name: keyof typeof programs, args: readonly string[]): Daemon =>
    startDaemon({ name, file: programs[name].file, args, log: join(folder, `${name}.log`) });
  return [
    start("kube-controller-manager", [
      `--kubeconfig=${manager}`,
      "--bind-address=127.0.0.1",
      "--secure-port=0",
      "--leader-elect=false",
      "--use-service-account-credentials=true",
      `--service-account-private-key-file=${pki.file("service.key")}`,
      `--root-ca-file=${pki.file("server-ca.crt")}`,
      "--allocate-node-cidrs=true",
      `--cluster-cidr=${ranges.clusterCidr}`,
      `--service-cluster-ip-range=${ranges.serviceCidr}`,
      "--configure-cloud-routes=false",
      "--controllers=*,tokencleaner",
      `--cluster-signing-cert-file=${pki.file("client-ca.crt")}`,
      `--cluster-signing-key-file=${pki.file("client-ca.key")}`,
      "--profiling=false",
    ]),
    start("kube-scheduler", [
      `--kubeconfig=${scheduler}`,
      "--bind-address=127.0.0.1",
      "--secure-port=0",
      "--leader-elect=false",
      "--profiling=false",
    ]),
    start("kwok", [
      `--kubeconfig=${kwok}`,
      `--config=${stages}`,
      `--cidr=${lastNetwork(ranges)}`,
      "--manage-all-nodes",
      // Leases are the machines' own: KWOK would go on renewing that of one that is off.
      "--node-lease-duration-seconds=0",
      "--server-address=",
    ]),
  ];
}

/** lastNetwork of the pods' range, for pods that come before their node has one: no node has it. */
function lastNetwork({ clusterCidr }: ClusterRanges): string {
  return `${addressOf((rangeOf(clusterCidr)?.last ?? 0) - 255)}/24`;
}

async function credentials(
  { pki, apiPort, folder }: ControllerOptions,
  name: string,
  commonName: string,
  organization?: string,
): Promise<string> {
  const user = await pki.client("client-ca", {
    commonName,
    ...(organization === undefined ? {} : { organization }),
  });
  const path = join(folder, `${name}.kubeconfig`);
  const server = `https://127.0.0.1:${apiPort}`;
  writeFileSync(path, kubeconfig(server, pki.read("server-ca.crt"), user), { mode: 0o600 });
  return path;
}
