import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { parse } from "yaml";
import { z } from "zod";
import type { Reply } from "../../../lab/guests/system/bus";
import { kubernetesClient, type KubernetesClient } from "../../../lab/kubernetes/client";
import type { KubernetesObjectLike } from "../../../lab/kubernetes/contract";
import { until } from "../../../lab/rehearse/until";
import { conditionOf, kindsNamed, type Listed, listed, tableOf } from "./kubectl-tables";

/**
 * kubectl is a stand-in for the real one: the few commands that the pages use, asked of the lab's API as the kubeconfig
 * says, through proxyUrl. Any other is refused.
 */
export async function kubectl(kubeconfig: string, proxyUrl: string, args: readonly string[]): Promise<Reply> {
  const unknown = { code: 1, text: `the stand-in for kubectl knows no "kubectl ${args.join(" ")}"` };
  const line = readLine(args);
  if (line === undefined) return unknown;
  const { command, kinds, name, options } = line;
  const client = clientOf(kubeconfig, proxyUrl);
  if (command === "get" && name === undefined) return get(client, line);
  const [kind] = kinds;
  if (kind === undefined || kinds.length > 1) return unknown;
  const holds = conditionOf(options.for ?? "");
  if (command === "wait" && holds !== undefined && (name !== undefined || options.all === true))
    return wait(client, { ...line, kind }, holds);
  if (command === "delete" && kind === listed.nodes && name !== undefined) return remove(client, name);
  return unknown;
}

interface Line {
  readonly command: string;
  readonly kinds: readonly Listed[];
  /** name of the one object that it is about. */
  readonly name: string | undefined;
  readonly options: {
    readonly all?: boolean;
    readonly for?: string;
    readonly namespace?: string;
    readonly selector?: string;
  };
}

function readLine(args: readonly string[]): Line | undefined {
  const options = {
    all: { type: "boolean" },
    for: { type: "string" },
    namespace: { type: "string" },
    selector: { type: "string" },
    timeout: { type: "string" },
  } as const;
  const { positionals, values } = parseArgs({ args: [...args], allowPositionals: true, options });
  const [command = "", about = "", named] = positionals;
  const kinds = kindsNamed(about);
  return kinds && { command, kinds, name: about.split("/")[1] ?? named, options: values };
}

async function get(client: KubernetesClient, { kinds, options }: Line): Promise<Reply> {
  const tables = kinds.map(async (kind) =>
    tableOf(kind, await list(client, kind, options), kinds.length > 1),
  );
  return { code: 0, text: (await Promise.all(tables)).join("\n\n") };
}

async function wait(
  client: KubernetesClient,
  { kind, name, options }: Line & { readonly kind: Listed },
  holds: (object: KubernetesObjectLike) => boolean,
): Promise<Reply> {
  let waiting: string[] = [];
  const held = await until(async () => {
    const objects = await list(client, kind, options);
    const about = objects.filter(({ metadata }) => name === undefined || metadata.name === name);
    waiting = about.filter((object) => !holds(object)).map(({ metadata }) => metadata.name);
    return about.length > 0 && waiting.length === 0;
  });
  if (held) return { code: 0, text: `${name ?? `every ${kind.kind}`}: condition met` };
  return { code: 1, text: `timed out waiting for the condition on ${waiting.join(", ")}` };
}

function list(
  client: KubernetesClient,
  { apiVersion, kind }: Listed,
  { namespace, selector }: Line["options"],
): Promise<readonly KubernetesObjectLike[]> {
  const labels = Object.fromEntries(selector?.split(",").map((label) => label.split("=", 2)) ?? []);
  return client.list({ apiVersion, kind, labels, ...(namespace !== undefined && { namespace }) });
}

/** remove waits, as kubectl does, until no finalizer holds the Node. */
async function remove(client: KubernetesClient, name: string): Promise<Reply> {
  const node = { apiVersion: "v1", kind: "Node", name };
  if (!(await client.delete(node)))
    return { code: 1, text: `Error from server (NotFound): nodes "${name}" not found` };
  const gone = await until(async () => (await client.get(node)) === undefined);
  return gone ? { code: 0, text: `node "${name}" deleted` } : { code: 1, text: `node ${name} stays` };
}

function clientOf(kubeconfig: string, proxyUrl: string): KubernetesClient {
  const { clusters, users } = kubeconfigSchema.parse(parse(readFileSync(kubeconfig, "utf8")));
  const [{ cluster }, { user }] = [clusters[0], users[0]];
  return kubernetesClient({
    host: cluster.server,
    authority: decoded(cluster["certificate-authority-data"]),
    certificate: decoded(user["client-certificate-data"]),
    key: decoded(user["client-key-data"]),
    proxyUrl,
    program: "kubectl",
  });
}

function decoded(base64: string): string {
  return Buffer.from(base64, "base64").toString();
}

const kubeconfigSchema = z.object({
  clusters: z.tuple([
    z.object({ cluster: z.object({ server: z.string(), "certificate-authority-data": z.string() }) }),
  ]),
  users: z.tuple([
    z.object({
      user: z.object({ "client-certificate-data": z.string(), "client-key-data": z.string() }),
    }),
  ]),
});
