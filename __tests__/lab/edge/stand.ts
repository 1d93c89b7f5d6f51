import { mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { z } from "zod";
import { type EdgeAccount, type LabEdge, startLabEdge } from "../../../lab/edge";
import { createLabNetwork } from "../../../lab/network";

export const edgeAddress = "192.168.0.100";
export const account: EdgeAccount = { email: "terraform@test.com", password: "of-the-lab-1" };

export interface Reply {
  readonly status: number;
  readonly body: unknown;
}

/** EdgeStand is a proxy of the lab and somebody who is logged in to its API. */
export interface EdgeStand {
  readonly edge: LabEdge;
  readonly scratch: string;
  /** ask the API with the token, or with the header given. */
  ask(method: string, path: string, body?: unknown, authorization?: string | null): Promise<Reply>;
  /** upload a form of files. */
  upload(path: string, files: Readonly<Record<string, string>>): Promise<Reply>;
  /** send bytes as a body of JSON. */
  send(method: string, path: string, bytes: string): Promise<Reply>;
  close(): Promise<void>;
}

export interface StandOptions {
  /** path to look for nginx on; "" has none. */
  readonly path?: string;
  readonly role?: "user" | "admin";
}

export async function startEdgeStand({ path, role = "user" }: StandOptions = {}): Promise<EdgeStand> {
  const scratch = mkdtempSync(join(tmpdir(), "lab-edge-"));
  const network = await createLabNetwork();
  const edge = await startLabEdge({
    network,
    address: edgeAddress,
    account: { ...account, role },
    scratch,
    ...(path !== undefined && { path }),
  });
  const port = network.lookup(edgeAddress, 81);
  if (port === undefined) throw new Error("the API is not attached");
  const exchange = (
    method: string,
    path: string,
    headers: Readonly<Record<string, string>>,
    body: string,
  ): Promise<Reply> =>
    new Promise((resolve, reject) => {
      const outgoing = request(
        { host: "127.0.0.1", port, method, path: `/api${path}`, headers, agent: false },
        (response) => {
          text(response).then((content) => {
            const status = response.statusCode ?? 0;
            resolve({ status, body: content === "" ? undefined : JSON.parse(content) });
          }, reject);
        },
      );
      outgoing.once("error", reject);
      outgoing.end(body);
    });
  const json = { "content-type": "application/json" };
  const login = JSON.stringify({ identity: account.email, secret: account.password });
  const { token } = tokenShape.parse((await exchange("POST", "/tokens", json, login)).body);
  const bearer = { authorization: `Bearer ${token}` };
  return {
    edge,
    scratch,
    ask: (method, target, body, authorization) =>
      exchange(
        method,
        target,
        {
          ...json,
          ...(authorization === undefined ? bearer : authorization === null ? {} : { authorization }),
        },
        body === undefined ? "" : JSON.stringify(body),
      ),
    send: (method, target, bytes) => exchange(method, target, { ...json, ...bearer }, bytes),
    upload: (target, files) => {
      const parts = Object.entries(files).map(
        ([name, content]) =>
          `--edge\r\nContent-Disposition: form-data; name="${name}"; filename="${name}.pem"\r\n\r\n${content}\r\n`,
      );
      const type = { "content-type": "multipart/form-data; boundary=edge" };
      return exchange("POST", target, { ...bearer, ...type }, `${parts.join("")}--edge--\r\n`);
    },
    async close() {
      await edge.close();
      await network.close();
      rmSync(scratch, { recursive: true, force: true });
    },
  };
}

const tokenShape = z.object({ token: z.string() });

export const plainHost = {
  domain_names: ["main.test.com"],
  forward_scheme: "http",
  forward_host: "192.168.0.240",
  forward_port: 80,
};
