import { type Command, InvalidArgumentError } from "commander";
import { follow } from "../trace/follow";
import { printRef } from "../trace/objects";
import type { Answerer, End, Request, Way } from "../trace/trace";
import { clusterOption, type ClusterOption } from "./cluster-option";
import { table } from "./table";
import type { TracedCluster } from "./trace/cluster";

interface Options extends ClusterOption {
  readonly method: string;
  readonly header: readonly string[];
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
    .option("--live", "follow the objects that the cluster has now, not those that a deploy would make")
    .option("--json", "print the way as JSON, and nothing else")
    .action(async (url: URL, options: Options) => {
      const clusters = await (options.live ? live(options) : synthesized(options));
      const request: Request = {
        url,
        method: options.method.toUpperCase(),
        headers: Object.fromEntries(options.header.map(splitHeader)),
      };
      const traced = clusters.map((cluster) => ({ cluster, way: follow(cluster.objects, request) }));
      const best = traced.find(({ way }) => way.end.kind !== "lost") ?? traced[0];
      if (best === undefined) throw new Error("a file without clusters passed the rules");
      process.stdout.write(options.json ? json(best) : printed(url, best));
      if (best.way.end.kind === "lost") process.exitCode = 1;
    });
}

interface Traced {
  readonly cluster: TracedCluster;
  readonly way: Way;
}

async function synthesized({ cluster }: Options): Promise<TracedCluster[]> {
  const { synthesizedClusters } = await import("./trace/synthesized");
  return synthesizedClusters(cluster);
}

async function live({ cluster }: Options): Promise<TracedCluster[]> {
  const { loadModel } = await import("../load-cluster");
  const { readKubeconfig } = await import("./kubeconfig");
  const { liveCluster } = await import("./trace/live");
  const names = loadModel(cluster).model.clusters.map(({ name }) => name);
  return Promise.all(names.map((name) => liveCluster(name, readKubeconfig(name))));
}

function printed(url: URL, { cluster, way }: Traced): string {
  const rows = way.hops.map(({ at, object, says }, index) => [
    String(index + 1),
    at,
    printRef(object),
    says,
    cluster.origins.get(printRef(object)) ?? "",
  ]);
  return `${url.href} in ${cluster.name}\n\n${table([["", "HOP", "OBJECT", "SAYS", "MADE BY"], ...rows])}\n${verdict(way.end)}\n`;
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

function json({ cluster, way }: Traced): string {
  const hops = way.hops.map((hop) => ({ ...hop, madeBy: cluster.origins.get(printRef(hop.object)) }));
  return `${JSON.stringify({ cluster: cluster.name, hops, end: way.end }, null, 2)}\n`;
}

function urlOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === "http:" || url?.protocol === "https:") return url;
  throw new InvalidArgumentError("write it as https://main.test.com/hello");
}

function headersOf(line: string, before: readonly string[]): readonly string[] {
  if (!line.includes(":")) throw new InvalidArgumentError("write it as `name: value`");
  return [...before, line];
}

function splitHeader(line: string): [name: string, value: string] {
  const colon = line.indexOf(":");
  return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()];
}
