import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { loadAuthorities, placeAuthorities } from "./authorities";
import { Cluster, type Member } from "./cluster";
import type { Rke2Config } from "./config";
import { criticalKeys } from "./keys";
import type { Kubelet } from "./kubelet";
import { askPeer, basic } from "./peer-client";
import { checkHash, readToken, type Token } from "./token";
import { type Guest, violate, type World } from "./world";

export interface Membership {
  readonly cluster: Cluster;
  readonly member: Member;
}

const data = "var/lib/rancher/rke2/server/db/etcd";
const stored = z.object({ cluster: z.string(), member: z.string() });
const bootstrap = z.object({
  cluster: z.string(),
  files: z.record(z.string(), z.string()),
  critical: z.record(z.string(), z.string()),
});
const defaults: Readonly<Record<string, string>> = {
  "cluster-cidr": "10.42.0.0/16",
  "service-cidr": "10.43.0.0/16",
  "cluster-dns": "10.43.0.10",
  "cluster-domain": "cluster.local",
  "egress-selector-mode": "agent",
};

/** becomeMember: with etcd data a server goes on, with `server:` it joins, else it initialises a cluster. */
export async function becomeMember(
  world: World,
  guest: Guest,
  config: Rke2Config,
  kubelet: Kubelet,
): Promise<Membership> {
  const token = serverToken(config);
  if (existsSync(join(guest.root, data, "member"))) return goOn(world, guest, kubelet, token);
  const peer = config.text("server");
  const membership =
    peer === undefined
      ? await initialise(world, guest, config, kubelet, token)
      : await join9345(world, guest, config, kubelet, token, peer);
  mkdirSync(join(guest.root, data, "member"), { recursive: true, mode: 0o700 });
  const { cluster, member } = membership;
  writeFileSync(
    join(guest.root, data, "member/lab.json"),
    JSON.stringify({ cluster: cluster.id, member: member.id }),
  );
  return membership;
}

function goOn(world: World, guest: Guest, kubelet: Kubelet, token: Token): Membership {
  const path = join(guest.root, data, "member/lab.json");
  if (!existsSync(path)) throw new Error("etcd: the data directory is damaged: no member in it");
  const mine = stored.parse(JSON.parse(readFileSync(path, "utf8")));
  const cluster = world.clusters.find((candidate) => candidate.id === mine.cluster);
  if (cluster === undefined)
    throw new Error("etcd: the data directory is of a cluster that the lab does not know");
  if (token.password !== cluster.options.serverPassword) {
    throw new Error("bootstrap data already found and encrypted with different token");
  }
  const member = cluster.members.get(kubelet.name);
  if (member?.id !== mine.member) {
    throw new Error(
      "this server is not a member of the etcd cluster: it was removed. Remove its etcd data to join again",
    );
  }
  member.interfaces = interfaces(guest);
  refuseSplit(world, guest, cluster.caHash, cluster);
  return { cluster, member };
}

async function initialise(
  world: World,
  guest: Guest,
  config: Rke2Config,
  kubelet: Kubelet,
  token: Token,
): Promise<Membership> {
  const authorities = await loadAuthorities(guest.root);
  checkHash(token, authorities.server.certificatePem);
  placeAuthorities(guest.root, authorities.files);
  const agent = config.secret("agent-token");
  const cluster = new Cluster(world, {
    authorities,
    serverPassword: token.password,
    agentPassword: agent === undefined ? token.password : readToken(agent).password,
    critical: critical(config),
    nodePortRange: nodePortRange(config),
  });
  refuseSplit(world, guest, cluster.caHash, cluster);
  const member = cluster.join(kubelet.name, kubelet.address, interfaces(guest));
  try {
    await cluster.plane;
  } catch (error) {
    world.clusters.splice(world.clusters.indexOf(cluster), 1);
    throw error;
  }
  guest.console.say(`rke2: ${kubelet.name} initialises a new cluster`);
  return { cluster, member };
}

async function join9345(
  world: World,
  guest: Guest,
  config: Rke2Config,
  kubelet: Kubelet,
  token: Token,
  peer: string,
): Promise<Membership> {
  const serverCa = await trustedAuthority(guest, peer, token);
  const answer = await askPeer(guest, {
    url: new URL("/v1-rke2/server-bootstrap", peer).href,
    ca: serverCa,
    headers: basic(token.user ?? "server", token.password),
  });
  if (answer.status !== 200) {
    throw new Error(
      `failed to get bootstrap data: ${peer}/v1-rke2/server-bootstrap: ${answer.status} ${answer.text}`,
    );
  }
  const given = bootstrap.parse(JSON.parse(answer.text));
  const own = critical(config);
  const differs = criticalKeys.filter((key) => own[key] !== given.critical[key]);
  if (differs.length > 0) {
    throw new Error(
      `failed to validate server configuration: critical configuration value mismatch between servers: ${differs.join(", ")}`,
    );
  }
  const cluster = world.clusters.find((candidate) => candidate.id === given.cluster);
  if (cluster === undefined) throw new Error(`${peer} is of a cluster that the lab does not know`);
  const member = cluster.join(kubelet.name, kubelet.address, interfaces(guest));
  try {
    placeAuthorities(guest.root, given.files);
  } catch (error) {
    cluster.members.delete(kubelet.name);
    throw error;
  }
  guest.console.say(`rke2: ${kubelet.name} joins the cluster through ${peer}`);
  return { cluster, member };
}

/** trustedAuthority fetches the CA from a peer and believes it only if the token pins it and it signed the peer. */
export async function trustedAuthority(guest: Guest, peer: string, token: Token): Promise<string> {
  if (!/^https:\/\/[^/]+:\d+\/?$/.test(peer)) throw new Error(`server: ${peer} is not https://<host>:9345`);
  const answer = await askPeer(guest, { url: new URL("/cacerts", peer).href }).catch((error: unknown) => {
    throw new Error(`failed to get CA certs: ${error instanceof Error ? error.message : String(error)}`);
  });
  checkHash(token, answer.text);
  return answer.text;
}

function serverToken(config: Rke2Config): Token {
  const text = config.secret("token");
  if (text === undefined)
    throw new Error("--token is required: the lab has no use for a cluster whose token nobody knows");
  return readToken(text);
}

function critical(config: Rke2Config): Record<string, string> {
  return Object.fromEntries(
    criticalKeys.map((key) => [
      key,
      key === "agent-token"
        ? (config.secret(key) ?? "")
        : config.list(key).join(",") || (defaults[key] ?? ""),
    ]),
  );
}

function nodePortRange(config: Rke2Config): readonly [number, number] {
  const text = config.text("service-node-port-range") ?? "30000-32767";
  const [, first = "", last = ""] = /^(\d+)-(\d+)$/.exec(text) ?? [];
  if (first === "") throw new Error(`invalid service-node-port-range ${text}`);
  return [Number(first), Number(last)];
}

function refuseSplit(world: World, guest: Guest, caHash: string, own: Cluster): void {
  const other = world.clusters.find(
    (candidate) => candidate !== own && candidate.caHash === caHash && candidate.living().length > 0,
  );
  if (other === undefined) return;
  const names = other.living().map((member) => member.name);
  violate(
    world,
    `split cluster: ${guest.machine} runs a second cluster of one CA while ${names.join(", ")} of the first live`,
  );
}

function interfaces(guest: Guest): string[] {
  return guest.network.interfaces.map(({ name }) => name);
}
