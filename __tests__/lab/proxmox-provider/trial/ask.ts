import { request } from "node:https";
import { z } from "zod";

export interface Answer {
  readonly status: number;
  /** reason, the text beside the status: where Proxmox says what is wrong. */
  readonly reason: string;
  readonly data: unknown;
  readonly errors: Readonly<Record<string, string>>;
}

export interface Way {
  readonly port: number | undefined;
  readonly certificate: string;
  readonly token: string;
}

/** ask sends one request straight to the simulated Proxmox; a GET carries its parameters in the query. */
export function ask(
  { port, certificate, token }: Way,
  method: string,
  path: string,
  parameters: Readonly<Record<string, string>>,
): Promise<Answer> {
  const form = new URLSearchParams(parameters).toString();
  const inQuery = method === "GET" || method === "DELETE";
  return new Promise((resolve, reject) => {
    const sent = request({
      host: "127.0.0.1",
      port,
      servername: "pve.example.org",
      ca: certificate,
      method,
      path: `/api2/json${path}${inQuery && form !== "" ? `?${form}` : ""}`,
      headers: {
        Authorization: `PVEAPIToken=${token}`,
        ...(inQuery ? {} : { "Content-Type": "application/x-www-form-urlencoded" }),
      },
    });
    sent.on("error", reject);
    sent.on("response", (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => {
        const { data, errors = {} } = body.parse(JSON.parse(Buffer.concat(chunks).toString("utf8")));
        resolve({ status: response.statusCode ?? 0, reason: response.statusMessage ?? "", data, errors });
      });
    });
    sent.end(inQuery ? undefined : form);
  });
}

const body = z.object({ data: z.unknown(), errors: z.record(z.string(), z.string()).optional() });
