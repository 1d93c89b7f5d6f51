import { isIP } from "node:net";
import { type Command, InvalidArgumentError } from "commander";
import { knows } from "../trace/edge";
import { follow, followFromEdge } from "../trace/follow";
import { printRef } from "../trace/objects";
import type { Answerer, End, Request, Step, Way } from "../trace/trace";
import { clusterOption, type ClusterOption } from "./cluster-option";
import { table } from "./table";
import type { TracedCluster } from "./trace/cluster";

interface Options extends ClusterOption {
  readonly method: string;
  readonly header: readonly string[];
  readonly from?: string;
  readonly inside?: true;
  readonly live?: true;
  readonly json?: true;
}

export function addTrace(program: Command): void {
  program
    .command("trace")
    .argument("<url>", "as a visitor asks for it: https://main.test.com/hello", urlOf)
    .description("print every hop of a request with the object that makes it, or where it ends and why")
    .addOption(clusterOption())
    .option("-X, --method <method>", "method of the request", "GET")
    .option("-H, --header <line>", "a header of the request, `name: value`; again for another", headersOf, [])
    .option("--from <address>", "the visitor's address, for allow lists of the edge", addressOf)
    .option("--inside", "begin at the load balancer, as a visitor inside who is led there by DNS")
    .option("--live", "follow what the edge and the cluster have now, not what a deploy would make")
    .option("--json", "print the way as JSON, and nothing else")
    .action(async (url: URL, options: Options) => {
      const clusters = await (options.live ? live(options) : synthesized(options));
      const request: Request = {
        url,
        method: options.method.toUpperCase(),
        headers: Object.fromEntries(options.header.map(splitHeader)),
        ...(options.from === undefined ? {} : { from: options.from }),
      };
      const traced = clusters.map((cluster) => tracedIn(cluster, request, options.inside === true));
      const best = traced.find(({ way }) => way.end.kind !== "lost") ?? furthest(traced);
      if (best === undefined) throw new Error("a file without clusters passed the rules");
      process.stdout.write(options.json ? json(best) : printed(url, best));
      if (best.way.end.kind === "lost") process.exitCode = 1;
    });
}

interface Traced {
  readonly cluster: TracedCluster;
  readonly way: Way<Step>;
  /** begins at the edge; inside, because it was asked for so; or there only, because no edge has this URL. */
  readonly begins: "edge" | "inside" | "inside only";
}

async function synthesized({ cluster }: Options): Promise<TracedCluster[]> {
  const { loadModel } = await import("../load-cluster");
  const { synthesizedClusters } = await import("./trace/synthesized");
  const edges = loadModel(cluster).model.clusters.flatMap(({ name, edge }) =>
    edge === undefined ? [] : [[name, edge.address] as const],
  );
  return synthesizedClusters(cluster, new Map(edges));
}

async function live({ cluster, inside }: Options): Promise<TracedCluster[]> {
  const { loadModel } = await import("../load-cluster");
  const { readKubeconfig } = await import("./kubeconfig");
  const { liveCluster } = await import("./trace/live");
  const { liveEdge } = await import("./trace/live-edge");
  return Promise.all(
    loadModel(cluster).model.clusters.map(async ({ name, edge }) => ({
      ...(await liveCluster(name, readKubeconfig(name))),
      ...(edge === undefined || inside === true ? {} : { edge: await liveEdge(edge) }),
    })),
  );
}

/** traced from the edge where it has this URL, else from the load balancer. */
function tracedIn(cluster: TracedCluster, request: Request, inside: boolean): Traced {
  const { edge, objects } = cluster;
  if (inside || edge === undefined || !knows(edge, request.url))
    return { cluster, way: follow(objects, request), begins: inside ? "inside" : "inside only" };
  return { cluster, way: followFromEdge(edge, objects, request), begins: "edge" };
}

/** furthest way, where none arrives. */
function furthest(traced: readonly Traced[]): Traced | undefined {
  return traced.toSorted((a, b) => b.way.hops.length - a.way.hops.length)[0];
}

function printed(url: URL, { cluster, way, begins }: Traced): string {
  const rows = way.hops.map(({ at, object, says }, index) => [
    String(index + 1),
    at,
    printRef(object),
    says,
    cluster.origins.get(printRef(object)) ?? "",
  ]);
  return `${url.href} in ${cluster.name}\n\n${table([["", "HOP", "OBJECT", "SAYS", "MADE BY"], ...rows])}\n${verdict(way.end)}\n${begins === "inside only" ? insideOnly(url, way.end, cluster.name) : ""}`;
}

function insideOnly({ host }: URL, end: End, cluster: string): string {
  const begins = end.kind === "lost" ? "Begun inside" : "Reachable inside only";
  return `${begins}: no edge of ${cluster} has ${host}.\n`;
}

function verdict(end: End): string {
  if (end.kind === "answered") return `Answered by ${end.by.map(answerer).join(", ")}.`;
  if (end.kind === "redirected") return `Redirected with ${end.status} to ${end.to}`;
  if (end.kind === "left") return `Leaves the cluster for ${end.host}.`;
  return `Not answered: ${end.why}.`;
}

function answerer({ service, namespace, port, percent }: Answerer): string {
  return `${namespace}/${service}:${port}${percent === 100 ? "" : ` (${Math.round(percent)} %)`}`;
}

function json({ cluster, way, begins }: Traced): string {
  const hops = way.hops.map((hop) => ({ ...hop, madeBy: cluster.origins.get(printRef(hop.object)) }));
  return `${JSON.stringify({ cluster: cluster.name, begins, hops, end: way.end }, null, 2)}\n`;
}

function urlOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === "http:" || url?.protocol === "https:") return url;
  throw new InvalidArgumentError("write it as https://main.test.com/hello");
}

function addressOf(text: string): string {
  if (isIP(text) === 4) return text;
  throw new InvalidArgumentError("write an IPv4 address, as 203.0.113.7");
}

function headersOf(line: string, before: readonly string[]): readonly string[] {
  if (!line.includes(":")) throw new InvalidArgumentError("write it as `name: value`");
  return [...before, line];
}

function splitHeader(line: string): [name: string, value: string] {
  const colon = line.indexOf(":");
  return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()];
}
