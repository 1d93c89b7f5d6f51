import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import type { Reply } from "../../../lab/guests/system/bus";
import { kubernetesClient, type KubernetesClient } from "../../../lab/kubernetes/client";
import type { KubernetesObjectLike } from "../../../lab/kubernetes/contract";
import { until } from "../../../lab/rehearse/until";

/**
 * kubectl is a stand-in for the real one: the few commands about Nodes that the pages use, asked of the lab's API as the
 * kubeconfig says, through proxyUrl. Any other is refused.
 */
export async function kubectl(kubeconfig: string, proxyUrl: string, args: readonly string[]): Promise<Reply> {
  const words = args.filter((word) => !word.startsWith("--timeout="));
  const [command = "", ...rest] = words;
  const client = clientOf(kubeconfig, proxyUrl);
  if (command === "get" && rest.join() === "nodes") return get(await client.list(nodes));
  if (command === "wait" && rest[0] === "--for=condition=Ready") return wait(client, nameOf(rest[1]));
  if (command === "delete" && rest[0] === "node") return remove(client, rest[1] ?? "");
  return { code: 1, text: `the stand-in for kubectl knows no "kubectl ${args.join(" ")}"` };
}

const nodes = { apiVersion: "v1", kind: "Node" };

function get(found: readonly KubernetesObjectLike[]): Reply {
  const rows = [...found]
    .sort((one, other) => one.metadata.name.localeCompare(other.metadata.name))
    .map((node) => `${node.metadata.name.padEnd(10)} ${isReady(node) ? "Ready" : "NotReady"}`);
  return { code: 0, text: ["NAME       STATUS", ...rows].join("\n") };
}

async function wait(client: KubernetesClient, name: string): Promise<Reply> {
  const held = await until(async () => {
    const node = await client.get({ ...nodes, name });
    return node !== undefined && isReady(node);
  });
  return held ? { code: 0, text: `node/${name} condition met` } : { code: 1, text: `${name} is not Ready` };
}

/** remove waits, as kubectl does, until no finalizer holds the Node. */
async function remove(client: KubernetesClient, name: string): Promise<Reply> {
  if (!(await client.delete({ ...nodes, name })))
    return { code: 1, text: `Error from server (NotFound): nodes "${name}" not found` };
  const gone = await until(async () => (await client.get({ ...nodes, name })) === undefined);
  return gone ? { code: 0, text: `node "${name}" deleted` } : { code: 1, text: `node ${name} stays` };
}

function nameOf(resource = ""): string {
  return resource.replace(/^nodes?\//, "");
}

function isReady({ status }: KubernetesObjectLike): boolean {
  const { conditions } = statusSchema.parse(status ?? {});
  return conditions.some((condition) => condition.type === "Ready" && condition.status === "True");
}

const statusSchema = z.object({
  conditions: z.array(z.object({ type: z.string(), status: z.string() })).default([]),
});

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
