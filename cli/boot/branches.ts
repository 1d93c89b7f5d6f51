import { paths } from "../../cloud-init/paths";
import type { Cluster, ServerNode } from "../../config/model";
import { readUserData } from "../../lab/guests/cloud-init/user-data";
import { decode } from "../../lab/guests/cloud-init/write-files";
import type { Branch, Peer } from "../../lab/boot/subject";
import { branchCluster } from "./cluster";
import { seedOf } from "./documents";
import { type Identity, identityOf } from "./identity";

/** Way that the bootstrap script of one server can take, and what it meets. */
interface Way {
  readonly name: string;
  /** server by number; absent = the first, which may begin the cluster. */
  readonly server?: number;
  /** age of the cluster's CA in hours. @default 1 */
  readonly age?: number;
  readonly initialise?: "allowed";
  /** files that lie on its disk already. */
  readonly disk?: readonly string[];
  /** stranger: its rejoin certificate is another cluster's. */
  readonly stranger?: true;
  readonly peers?: (around: Around) => readonly Peer[];
  readonly runs: Branch["runs"];
  /** joins through the second server. */
  readonly joins?: true;
}

interface Around {
  readonly second: string;
  readonly known: Identity;
  readonly unknown: Identity;
}

/** branches of the bootstrap script, each on the files that cluster.ts would give its server. */
export async function branches(): Promise<Branch[]> {
  return Promise.all(ways.map(branchOf));
}

const etcd = `${paths.serverData}/db/etcd/member/wal/0.wal`;

const ways: readonly Way[] = [
  {
    name: "own etcd data: starts with it",
    disk: [etcd],
    peers: ({ second, known }) => [serves(second, known, [404])],
    runs: [{ status: 0, says: "has its etcd data and starts with it" }],
  },
  {
    name: "removed from etcd: joins again",
    disk: [etcd, `${paths.serverData}/db/etcd/tombstone`],
    peers: ({ second, known }) => [serves(second, known, [404])],
    runs: [{ status: 0, says: "joins through" }],
    joins: true,
  },
  {
    name: "a living peer: removes its stale Node, joins",
    peers: ({ second, known }) => [serves(second, known, [200, 200, 404])],
    runs: [{ status: 0, says: "removing the Node that an earlier server-1 left" }],
    joins: true,
  },
  {
    name: "no rejoin role yet (403): joins",
    server: 3,
    peers: ({ second, known }) => [serves(second, known, [403])],
    runs: [{ status: 0, says: "has no rejoin role yet" }],
    joins: true,
  },
  {
    name: "a rejoin certificate of another cluster (401): refuses",
    stranger: true,
    peers: ({ second, known }) => [serves(second, known, [404])],
    runs: [{ status: 1, says: "does not know server-1's rejoin certificate (401)" }],
  },
  {
    name: "an API that is not ready (503): waits, then joins",
    peers: ({ second, known }) => [serves(second, known, [503, 404])],
    runs: [
      { status: 1, says: "the cluster is alive, but no API server of it is ready" },
      { status: 0, says: "joins through" },
    ],
    joins: true,
  },
  {
    name: "its Node may not be removed: refuses",
    peers: ({ second, known }) => [serves(second, known, [200], 403)],
    runs: [{ status: 1, says: "does not let server-1 remove its own Node (403)" }],
  },
  {
    name: "a stranger's certificate: counts as nobody, begins",
    peers: ({ second, unknown }) => [serves(second, unknown, [404])],
    runs: [{ status: 0, says: "server-1 begins the cluster" }],
  },
  {
    name: "a peer that accepts and never answers: waits",
    initialise: "allowed",
    peers: ({ second }) => [{ kind: "hangs", address: second }],
    runs: [{ status: 1, says: "may be the cluster: waiting for an answer" }],
  },
  {
    name: "nobody, and a CA of its first day: begins",
    runs: [{ status: 0, says: "server-1 begins the cluster" }],
  },
  {
    name: "nobody, and an older CA: refuses",
    age: 49,
    runs: [{ status: 1, says: "server-1 refuses to begin a new cluster" }],
  },
  {
    name: "nobody, an older CA, and it is allowed: begins",
    age: 49,
    initialise: "allowed",
    runs: [{ status: 0, says: "server-1 begins the cluster" }],
  },
  {
    name: "nobody, and it is not the first server: waits",
    server: 2,
    initialise: "allowed",
    runs: [{ status: 1, says: "server-2 never begins a cluster, it waits for one" }],
  },
  {
    name: "a clock behind the CA: refuses",
    age: -2,
    runs: [{ status: 1, says: "seconds behind the cluster's CA" }],
  },
];

async function branchOf(way: Way, index: number): Promise<Branch> {
  const cluster = branchCluster(index, way.initialise ?? "first-day");
  const [known, unknown] = [await identityOf("known", way.age ?? 1), await identityOf("unknown", 1)];
  const [server, second] = [serverOf(cluster, way.server ?? 1), serverOf(cluster, 2)];
  const shown = way.stranger
    ? { ...known, authorities: { ...known.authorities, "client-ca": unknown.authorities["client-ca"] } }
    : known;
  return {
    name: way.name,
    files: {
      ...(await filesOf(cluster, server, shown)),
      ...Object.fromEntries((way.disk ?? []).map((path) => [path, ""])),
    },
    peers: way.peers?.({ second: second.address, known, unknown }) ?? [],
    runs: way.runs,
    ...(way.joins && { join: second.address }),
  };
}

/** filesOf a server that the bootstrap script reads. */
async function filesOf(
  cluster: Cluster,
  server: ServerNode,
  identity: Identity,
): Promise<Record<string, string>> {
  const { userData } = await seedOf(cluster, server, identity);
  const read = readUserData(userData).write_files.filter(({ path }) => path.startsWith(`${paths.slipway}/`));
  return Object.fromEntries(read.map((file) => [file.path, decode(file).toString("utf8")]));
}

function serves(address: string, { authorities }: Identity, get: readonly number[], removed?: number): Peer {
  return {
    kind: "serves",
    address,
    server: authorities["server-ca"],
    client: authorities["client-ca"],
    node: { get, ...(removed === undefined ? {} : { delete: removed }) },
  };
}

function serverOf({ servers }: Cluster, number: number): ServerNode {
  const server = servers[number - 1];
  if (server === undefined) throw new Error(`the cluster has no server ${number}`);
  return server;
}
