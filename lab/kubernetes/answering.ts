import { once } from "node:events";
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { Server } from "node:net";
import { follow } from "../../trace/follow";
import type { KubernetesObject } from "../../trace/objects";
import type { Answerer } from "../../trace/trace";
import type { LabAuthority } from "../network";
import { type Release, SharedHolds } from "../shared-hold";
import type { ClusterObjects, KubernetesObjectLike } from "./contract";
import { listAt, numberAt, textAt } from "./json";
import { addresses } from "./real/network/addresses";
import type { Answer } from "./real/pods/answer";
import { tracedObjects } from "./traced";

/**
 * answerForCluster listens at the load balancer's addresses, in a network namespace of the lab's own, and answers each
 * request as the controller and the pods would by the objects that there are then: a stand-in for both, so that a real
 * proxy in front of them has somebody to ask. It answers until the returned function is called.
 */
export async function answerForCluster(cluster: ClusterObjects, authority: LabAuthority): Promise<Release> {
  const releases: Release[] = [];
  for (const entrance of entrancesOf(await cluster.objects())) {
    const key = `${entrance.address}:${entrance.port}`;
    releases.push(await doors.hold(key, () => open(entrance, cluster, authority)));
  }
  return async () => {
    for (const release of releases) await release();
  };
}

/** Entrance, an address and a TCP port that the load balancer has given. */
interface Entrance {
  readonly address: string;
  readonly port: number;
}

/** doors that are open, of every cluster in this namespace. */
const doors = new SharedHolds();

async function open(
  { address, port }: Entrance,
  cluster: ClusterObjects,
  authority: LabAuthority,
): Promise<Release> {
  const release = await addresses.hold(address);
  const share = fairly();
  const secure = port === 443;
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    void cluster.objects().then((objects) => {
      const asked = `${secure ? "https" : "http"}://nobody:${port}`;
      answer(tracedObjects(objects), asked, share, request, response);
    });
  };
  const server = secure
    ? createHttpsServer(await serverPair(authority, address), handle)
    : createHttpServer(handle);
  server.listen(port, address);
  await once(server, "listening");
  return async () => {
    await closed(server);
    await release();
  };
}

function answer(
  objects: readonly KubernetesObject[],
  asked: string,
  share: (by: readonly Answerer[]) => Answerer,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { method = "GET", url: path = "/" } = request;
  const url = new URL(path, asked);
  url.hostname = (request.headers.host ?? "nobody").replace(/:\d+$/, "");
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, [value].flat().join(", ")]),
  );
  const { end } = follow(objects, { url, method, headers });
  if (end.kind === "redirected") {
    response.writeHead(end.status, { location: end.to }).end();
    return;
  }
  if (end.kind !== "answered") {
    const why = end.kind === "lost" ? end.why : `this leaves the lab for ${end.host}`;
    response.writeHead(end.kind === "lost" ? 404 : 502).end(why);
    return;
  }
  const { service, namespace, port: servicePort } = share(end.by);
  const content: Answer = {
    ...{ pod: `of ${service}, followed`, namespace, node: "", services: [service], port: servicePort },
    ...{ method, path, headers, peer: request.socket.remoteAddress ?? "" },
  };
  response.setHeader("content-type", "application/json");
  response.end(`${JSON.stringify(content)}\n`);
}

function entrancesOf(objects: readonly KubernetesObjectLike[]): Entrance[] {
  return objects
    .filter(({ kind }) => kind === "Service")
    .flatMap((service) =>
      listAt(service, "spec", "ports").flatMap((entry) => {
        const address = textAt(service, "status", "loadBalancer", "ingress", 0, "ip");
        const port = numberAt(entry, "port");
        const speaksTcp = (textAt(entry, "protocol") ?? "TCP") === "TCP";
        return address === undefined || port === undefined || !speaksTcp ? [] : [{ address, port }];
      }),
    );
}

/** fairly: each service gets its share of the requests, in turn. */
function fairly(): (by: readonly Answerer[]) => Answerer {
  const credit = new Map<string, number>();
  return (by) => {
    for (const { service, percent } of by) credit.set(service, (credit.get(service) ?? 0) + percent);
    const [first, ...others] = [...by].sort(
      (a, b) => (credit.get(b.service) ?? 0) - (credit.get(a.service) ?? 0),
    );
    if (first === undefined) throw new Error(`nobody among ${others.length} is to answer`);
    credit.set(first.service, (credit.get(first.service) ?? 0) - 100);
    return first;
  };
}

async function serverPair(authority: LabAuthority, address: string): Promise<{ cert: string; key: string }> {
  const { certificatePem, keyPem } = await authority.issue([address]);
  return { cert: certificatePem, key: keyPem };
}

async function closed(server: Server & { closeAllConnections(): void }): Promise<void> {
  const done = once(server, "close");
  server.close();
  server.closeAllConnections();
  await done;
}
