import { join } from "node:path";
import { connect } from "node:tls";
import { once } from "node:events";
import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { addressOf, type ClusterRanges, rangeOf } from "../store/cluster-ranges";
import { Client } from "./client";
import { type Daemon, startDaemon, untilReady } from "./daemon";
import type { Etcd } from "./etcd";
import { freePorts } from "./free-ports";
import type { Pki } from "./pki";
import type { Program } from "./programs";

export interface ApiServer {
  readonly daemon: Daemon;
  readonly port: number;
  /** admin, the client of a member of system:masters. */
  readonly admin: Client;
  /** answerTo these names besides, with a certificate that has them. */
  answerTo(names: readonly string[]): Promise<void>;
}

/** readySeconds, generous: the machine may be compiling. */
const readySeconds = 120;

/** startApiServer on loopback, with the flags that RKE2 gives it. Source: k3s, pkg/daemons/control/server.go */
export async function startApiServer(
  program: Program,
  pki: Pki,
  etcd: Etcd,
  ranges: ClusterRanges,
  folder: string,
): Promise<ApiServer> {
  const [port = 0] = await freePorts(1);
  const names = new Set(ownNames(ranges));
  const serving = await pki.serverFiles("serving-kube-apiserver", "server-ca", [...names]);
  const proxy = await pki.clientFiles("client-auth-proxy", "request-header-ca", {
    commonName: "system:auth-proxy",
  });
  const log = join(folder, "kube-apiserver.log");
  const daemon = startDaemon({
    name: "kube-apiserver",
    file: program.file,
    log,
    args: [
      "--bind-address=127.0.0.1",
      `--secure-port=${port}`,
      "--advertise-address=127.0.0.1",
      // An endpoint on loopback is refused; the lab leads the Service kubernetes here itself.
      "--endpoint-reconciler-type=none",
      `--etcd-servers=${etcd.url}`,
      `--etcd-cafile=${pki.file("etcd/server-ca.crt")}`,
      `--etcd-certfile=${etcd.client.cert}`,
      `--etcd-keyfile=${etcd.client.key}`,
      `--tls-cert-file=${serving.cert}`,
      `--tls-private-key-file=${serving.key}`,
      `--client-ca-file=${pki.file("client-ca.crt")}`,
      "--anonymous-auth=false",
      "--authorization-mode=Node,RBAC",
      "--enable-admission-plugins=NodeRestriction",
      "--allow-privileged=true",
      `--service-cluster-ip-range=${ranges.serviceCidr}`,
      `--service-node-port-range=${ranges.nodePortRange.join("-")}`,
      "--service-account-issuer=https://kubernetes.default.svc.cluster.local",
      "--api-audiences=https://kubernetes.default.svc.cluster.local,rke2",
      `--service-account-key-file=${pki.file("service.key")}`,
      `--service-account-signing-key-file=${pki.file("service.key")}`,
      `--requestheader-client-ca-file=${pki.file("request-header-ca.crt")}`,
      "--requestheader-allowed-names=system:auth-proxy",
      "--requestheader-extra-headers-prefix=X-Remote-Extra-",
      "--requestheader-group-headers=X-Remote-Group",
      "--requestheader-username-headers=X-Remote-User",
      `--proxy-client-cert-file=${proxy.cert}`,
      `--proxy-client-key-file=${proxy.key}`,
      "--profiling=false",
      "--storage-backend=etcd3",
    ],
  });
  const authorityPem = pki.read("server-ca.crt");
  const user = await pki.client("client-ca", { commonName: "system:admin", organization: "system:masters" });
  const admin = new Client({ port, authorityPem, user });
  try {
    await untilReady(daemon, log, readySeconds, async () => {
      const failure = etcd.daemon.failure();
      if (failure !== undefined) throw new Error(failure);
      return (await admin.ask("GET", "/readyz")) === "ok";
    });
  } catch (error) {
    await daemon.stop();
    throw error;
  }
  return {
    daemon,
    port,
    admin,
    async answerTo(more) {
      if (more.every((name) => names.has(name))) return;
      for (const name of more) names.add(name);
      const { cert } = await pki.serverFiles("serving-kube-apiserver", "server-ca", [...names]);
      const wanted = new X509Certificate(readFileSync(cert)).serialNumber;
      await untilReady(daemon, log, readySeconds, async () => (await servedSerial(port)) === wanted);
    },
  };
}

/** inClusterAddress of the API: the Service kubernetes has the first address of the range. */
export function inClusterAddress({ serviceCidr }: ClusterRanges): string {
  return addressOf((rangeOf(serviceCidr)?.first ?? 0) + 1);
}

function ownNames(ranges: ClusterRanges): string[] {
  const service = ["", ".default", ".default.svc", ".default.svc.cluster.local"];
  return [
    "127.0.0.1",
    "localhost",
    inClusterAddress(ranges),
    ...service.map((suffix) => `kubernetes${suffix}`),
  ];
}

/** servedSerial of the certificate that is shown now; nothing is sent, so nobody need be believed. */
async function servedSerial(port: number): Promise<string | undefined> {
  const socket = connect({ host: "127.0.0.1", port, rejectUnauthorized: false });
  try {
    await once(socket, "secureConnect");
    return socket.getPeerX509Certificate()?.serialNumber;
  } finally {
    socket.destroy();
  }
}
