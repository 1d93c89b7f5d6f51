import { type IncomingMessage, request as httpRequest, type RequestOptions } from "node:http";
import { request as httpsRequest } from "node:https";
import { isIPv4 } from "node:net";
import { text } from "node:stream/consumers";
import { checkServerIdentity, TLSSocket } from "node:tls";
import { z } from "zod";
import type { ClusterObjects, KubernetesObjectLike } from "../contract";
import { listAt, numberAt, textAt } from "../json";
import type { Tally, Visit, Visitor } from "../visitor";
import { addresses } from "./network/addresses";
import type { Answer } from "./pods/answer";

/** Target of requests: an address and port of the cluster's edge. */
export interface Target {
  readonly address: string;
  readonly port: number;
}

/** Received is how one request ended. */
export interface Received {
  /** status; undefined = there was no answer. */
  readonly status: number | undefined;
  /** answer of a pod of the lab. */
  readonly answer?: Answer;
  /** failure in words: no answer, an answer of 400 and more, or a certificate that is not the host's. */
  readonly failure?: string;
}

export interface SendOptions {
  /** atOnce, how many are under way together. */
  readonly atOnce?: number;
  /** untilAborted, in place of a number of times: to send while something else happens. */
  readonly untilAborted?: AbortSignal;
  /** authority, PEM, that has to have signed the server's certificate. @default - any */
  readonly authority?: string;
}

/** visitorAddress, of the documentation's own range (RFC 5737): a client from anywhere outside. */
export const visitorAddress = "198.51.100.7";

/** dialingVisitor sends real requests, each on a connection of its own, to the address that the cluster's edge has. */
export function dialingVisitor(cluster: ClusterObjects): Visitor {
  return {
    async visit(visit, times, atOnce) {
      const target = entrance(await cluster.objects(), new URL(visit.url));
      if (target === undefined)
        return { by: new Map(), failures: ["no Service has a load balancer's address"] };
      return tallyOf(await send(target, visit, times, atOnce === undefined ? {} : { atOnce }));
    },
  };
}

/** send a request so many times and tell how each ended, in the order in which they ended. */
export async function send(
  target: Target,
  visit: Visit,
  times: number,
  { atOnce = 20, untilAborted, authority }: SendOptions = {},
): Promise<readonly Received[]> {
  const release = await addresses.hold(visitorAddress);
  const received: Received[] = [];
  let begun = 0;
  const goesOn = (): boolean => begun < times && untilAborted?.aborted !== true;
  const sendInTurn = async (): Promise<void> => {
    while (goesOn()) {
      begun += 1;
      received.push(await sendOnce(target, visit, authority));
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(atOnce, times) }, sendInTurn));
  } finally {
    await release();
  }
  return received;
}

/** tallyOf what came back, by the Service whose pods answered. */
export function tallyOf(received: readonly Received[]): Tally {
  const by = new Map<string, number>();
  for (const { status = 0, answer, failure } of received) {
    if (failure !== undefined) continue;
    const answerer = answer === undefined ? `redirect ${status}` : `service ${serviceOf(answer)}`;
    by.set(answerer, (by.get(answerer) ?? 0) + 1);
  }
  return { by, failures: received.flatMap(({ failure }) => failure ?? []) };
}

/** countByPod, how often each pod answered. */
export function countByPod(received: readonly Received[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { answer } of received) {
    if (answer !== undefined) counts.set(answer.pod, (counts.get(answer.pod) ?? 0) + 1);
  }
  return counts;
}

/** entrance for a URL: its own address, else the load balancer's that has its port. */
function entrance(objects: readonly KubernetesObjectLike[], url: URL): Target | undefined {
  const port = Number(url.port || (url.protocol === "https:" ? "443" : "80"));
  if (isIPv4(url.hostname)) return { address: url.hostname, port };
  const address = objects
    .filter(({ kind }) => kind === "Service")
    .filter((service) => listAt(service, "spec", "ports").some((entry) => numberAt(entry, "port") === port))
    .flatMap((service) => textAt(service, "status", "loadBalancer", "ingress", 0, "ip") ?? [])
    .at(0);
  return address === undefined ? undefined : { address, port };
}

/** serviceOf an answer: a pod that several Services select answers for the first by name. */
function serviceOf({ services, pod }: Answer): string {
  return services[0] ?? `of no one (pod ${pod})`;
}

/** patienceMs, as a visitor has it, and more than a busy machine needs. */
const patienceMs = 30_000;

async function sendOnce({ address, port }: Target, visit: Visit, authority?: string): Promise<Received> {
  const url = new URL(visit.url);
  const options: RequestOptions = {
    host: address,
    port,
    method: visit.method,
    path: `${url.pathname}${url.search}`,
    headers: { host: url.host, ...visit.headers },
    localAddress: visitorAddress,
    agent: false,
    timeout: patienceMs,
  };
  try {
    const response = await answerTo(url, options, authority);
    const certificate = certificateProblem(response, url.hostname);
    const content = await text(response);
    const status = response.statusCode ?? 0;
    if (certificate !== undefined) return { status, failure: certificate };
    if (status >= 400) return { status, failure: `answered ${status}: ${content.slice(0, 200).trim()}` };
    if (status >= 300) return { status };
    return { status, answer: readAnswer(content) };
  } catch (error) {
    return { status: undefined, failure: error instanceof Error ? error.message : String(error) };
  }
}

function answerTo(url: URL, options: RequestOptions, authority?: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const outgoing =
      url.protocol === "https:"
        ? httpsRequest({
            ...options,
            ...(authority === undefined ? { rejectUnauthorized: false } : { ca: authority }),
            ...(isIPv4(url.hostname) ? {} : { servername: url.hostname }),
          })
        : httpRequest(options);
    outgoing.once("response", resolve);
    outgoing.once("timeout", () => outgoing.destroy(new Error(`no answer after ${patienceMs / 1000} s`)));
    outgoing.once("error", reject);
    outgoing.end();
  });
}

/** certificateProblem of the server: whom it is for is always asked, who signed it only where an authority is given. */
function certificateProblem({ socket }: IncomingMessage, host: string): string | undefined {
  return socket instanceof TLSSocket
    ? checkServerIdentity(host, socket.getPeerCertificate())?.message
    : undefined;
}

const answerShape = z.object({
  pod: z.string(),
  namespace: z.string(),
  node: z.string(),
  services: z.array(z.string()),
  port: z.number(),
  method: z.string(),
  path: z.string(),
  headers: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  peer: z.string(),
});

function readAnswer(content: string): Answer {
  return answerShape.parse(JSON.parse(content));
}
