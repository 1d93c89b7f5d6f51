import { isIP } from "node:net";
import { Argument, type Command, InvalidArgumentError, Option } from "commander";
import type { Request } from "../trace/trace";
import { clusterOption, type ClusterOption } from "./cluster-option";
import { offering } from "./completion/offer";
import { asJson, jsonOption, type JsonOption } from "./json-option";
import { type KeysOf, manual } from "./manual";
import type { TracedCluster } from "./trace/cluster";
import type { Printed } from "./trace/print";

interface Options extends ClusterOption, JsonOption {
  readonly method: string;
  readonly header: readonly string[];
  readonly from?: string;
  readonly inside?: true;
  readonly live?: true;
}

export function addTrace(program: Command): void {
  const command = program
    .command("trace")
    .addArgument(urlArgument())
    .description("print every hop of a request with the object that makes it, or where it ends and why")
    .addOption(clusterOption())
    .option("-X, --method <method>", "method of the request", "GET")
    .addOption(headerOption())
    .option("--from <address>", "the visitor's address, for allow lists of the edge", addressOf)
    .option("--inside", "begin at the load balancer, as a visitor inside who is led there by DNS")
    .option("--live", "follow what the edge and the cluster have now, not what a deploy would make")
    .addOption(jsonOption())
    .action(async (url: URL, options: Options) => {
      const { bestWay } = await import("./trace/best-way");
      const { forMachines, printed } = await import("./trace/print");
      const clusters = await (options.live ? live(options) : synthesized(options));
      const request: Request = {
        url,
        method: options.method.toUpperCase(),
        headers: Object.fromEntries(options.header.map(splitHeader)),
        ...(options.from === undefined ? {} : { from: options.from }),
      };
      const best = bestWay(clusters, request, options.inside === true);
      process.stdout.write(options.json ? asJson(forMachines(best)) : printed(url, best));
      if (best.way.end.kind === "lost") process.exitCode = 1;
    });
  manual(command, {
    group: "look",
    needs:
      "the cluster file. With --live, the identity stack deployed from this folder, a way to the Kubernetes API, and the proxy's login in NGINXPROXYMANAGER_USERNAME and NGINXPROXYMANAGER_PASSWORD.",
    statuses: { 0: "somebody answers, or redirects", 1: "nobody answers: the last line says why" },
    examples: [
      { line: "./slipway trace https://main.test.com/hello", says: "what a deploy would make of it" },
      { line: "./slipway trace https://main.test.com/hello --from 198.51.100.9", says: "for allow lists" },
      { line: "./slipway trace https://main.test.com/hello --live", says: "what is there now" },
    ],
    json: { form: "an object", keys },
  });
}

function urlArgument(): Argument {
  const argument = new Argument("<url>", "as a visitor asks for it: https://main.test.com/hello");
  return offering(argument.argParser(urlOf), async (given) => {
    const { urlsOf } = await import("./trace/urls");
    return { kind: "words", words: urlsOf(given.get("cluster")).map((text) => ({ text })) };
  });
}

const keys: KeysOf<Printed> = {
  cluster: "name of the cluster that has it, or that gets furthest",
  begins: "edge, inside, or inside only: no edge has this host",
  hops: "an array: at, object, says and madeBy of each hop",
  end: "kind is answered, redirected, left or lost; with who answers, where to, or why not",
};

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

function urlOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === "http:" || url?.protocol === "https:") return url;
  throw new InvalidArgumentError("write it as https://main.test.com/hello");
}

function headerOption(): Option {
  return new Option("-H, --header <line>", "a header of the request, `name: value`; again for another")
    .argParser(headersOf)
    .default([], "none");
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
