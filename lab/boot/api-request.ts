import { request } from "node:https";
import { text } from "node:stream/consumers";
import { TLSSocket } from "node:tls";
import { z } from "zod";
import type { BootSubject } from "./subject";

export interface Asked {
  /** host, the API address unless another is named. */
  readonly host?: string;
  readonly port: 6443 | 9345;
  readonly path: string;
  readonly seconds: number;
}

export interface Answer {
  readonly status: number;
  readonly body: string;
  /** server that answered, by the name in its certificate. */
  readonly server: string;
}

const nodeList = z.object({ items: z.array(z.object({ metadata: z.object({ name: z.string() }) })) });

/** nodesOf the cluster by name, as its API address tells the administrator. */
export async function nodesOf(subject: BootSubject): Promise<string[]> {
  const { status, body } = await ask(subject, { port: 6443, path: "/api/v1/nodes", seconds: 30 });
  if (status !== 200)
    throw new Error(`${subject.api.address}:6443 answers ${status} to the administrator: ${body}`);
  return nodeList
    .parse(JSON.parse(body))
    .items.map(({ metadata }) => metadata.name)
    .sort();
}

/** ask as the administrator, on a connection of its own. */
export async function ask(
  { api, administrator, serverAuthority }: BootSubject,
  { host = api.address, port, path, seconds }: Asked,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        ...{ host, port, path },
        ca: serverAuthority,
        cert: administrator.certificatePem,
        key: administrator.keyPem,
        agent: false,
        signal: AbortSignal.timeout(seconds * 1000),
      },
      (response) => {
        const { socket, statusCode = 0 } = response;
        const names = socket instanceof TLSSocket ? (socket.getPeerCertificate().subjectaltname ?? "") : "";
        const [, server = "nobody"] = /DNS:(server-\d+)/.exec(names) ?? [];
        text(response).then((body) => resolve({ status: statusCode, body, server }), reject);
      },
    );
    sent.once("error", reject).end();
  });
}
