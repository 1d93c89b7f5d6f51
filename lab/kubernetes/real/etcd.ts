import { join } from "node:path";
import { type Daemon, startDaemon } from "./daemon";
import { freePorts } from "./free-ports";
import type { PairFiles, Pki } from "./pki";
import type { Program } from "./programs";

export interface Etcd {
  readonly daemon: Daemon;
  readonly log: string;
  readonly url: string;
  /** client, the pair with which the API server comes. */
  readonly client: PairFiles;
}

/** startEtcd, empty, with one member, on loopback; its certificates come from RKE2's two etcd authorities. */
export async function startEtcd(program: Program, pki: Pki, folder: string): Promise<Etcd> {
  const [clients = 0, peers = 0] = await freePorts(2);
  const names = ["127.0.0.1", "localhost"];
  const [server, peer, client] = await Promise.all([
    pki.serverFiles("etcd/server-client", "etcd/server-ca", names),
    pki.serverFiles("etcd/peer-server-client", "etcd/peer-ca", names),
    pki.clientFiles("etcd/client", "etcd/server-ca", { commonName: "etcd-client" }),
  ]);
  const url = `https://127.0.0.1:${clients}`;
  const peerUrl = `https://127.0.0.1:${peers}`;
  const log = join(folder, "etcd.log");
  const daemon = startDaemon({
    name: "etcd",
    file: program.file,
    log,
    args: [
      "--name=lab",
      `--data-dir=${join(folder, "etcd")}`,
      `--listen-client-urls=${url}`,
      `--advertise-client-urls=${url}`,
      `--listen-peer-urls=${peerUrl}`,
      `--initial-advertise-peer-urls=${peerUrl}`,
      `--initial-cluster=lab=${peerUrl}`,
      `--cert-file=${server.cert}`,
      `--key-file=${server.key}`,
      `--trusted-ca-file=${pki.file("etcd/server-ca.crt")}`,
      "--client-cert-auth",
      `--peer-cert-file=${peer.cert}`,
      `--peer-key-file=${peer.key}`,
      `--peer-trusted-ca-file=${pki.file("etcd/peer-ca.crt")}`,
      // It would be a client of its own server, with a certificate that is for servers only.
      "--enable-grpc-gateway=false",
      "--log-level=warn",
      // The content lives as long as a rehearsal: it need not survive a power cut.
      "--unsafe-no-fsync",
    ],
  });
  return { daemon, log, url, client };
}
