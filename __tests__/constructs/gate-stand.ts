import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLabAuthority, type LabAuthority } from "../../lab/network";

/** Answer to one request: a status and what stands in the body. */
export type Answer = readonly [status: number, body?: unknown];

/** GateStand is an API that a gate's script asks, on loopback. */
export interface GateStand {
  readonly url: string;
  readonly authority: LabAuthority;
  /** certificate of the API, signed by the authority. */
  readonly certificate: { readonly certificatePem: string; readonly keyPem: string };
  /** answer each request so, from now on. */
  answer: (request: IncomingMessage) => Answer;
  /** seen requests, in order; a test empties it. */
  readonly seen: IncomingMessage[];
  /** stranger, an authority that signed nothing here. */
  stranger(): Promise<LabAuthority>;
  close(): Promise<void>;
}

export async function standForGates(): Promise<GateStand> {
  const folder = mkdtempSync(join(tmpdir(), "slipway-gates-"));
  const authority = await createLabAuthority(folder);
  const certificate = await authority.issue(["127.0.0.1"]);
  const server = createServer(
    { cert: certificate.certificatePem, key: certificate.keyPem },
    (request, response) => {
      stand.seen.push(request);
      const [status, body = {}] = stand.answer(request);
      response.writeHead(status, { "content-type": "application/json" });
      response.end(typeof body === "string" ? body : JSON.stringify(body));
    },
  );
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const stand: GateStand = {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    authority,
    certificate,
    answer: () => [500],
    seen: [],
    stranger: () => createLabAuthority(mkdtempSync(join(folder, "stranger-"))),
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
      rmSync(folder, { recursive: true });
    },
  };
  return stand;
}

export interface Finished {
  readonly status: number;
  readonly output: string;
}

/** runGate runs a script of constructs/gates with nothing else in its environment. */
export function runGate(
  [script = "", ...words]: readonly string[],
  environment: Record<string, string>,
): Promise<Finished> {
  const file = join(__dirname, "../../constructs/gates", script);
  const env = { PATH: process.env["PATH"] ?? "", ...environment };
  return new Promise((resolve) => {
    execFile("bash", [file, ...words], { env }, (error, stdout, stderr) => {
      resolve({ status: typeof error?.code === "number" ? error.code : 0, output: stdout + stderr });
    });
  });
}
