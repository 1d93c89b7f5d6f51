import { mkdtempSync, rmSync } from "node:fs";
import { type RequestOptions, request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLabAuthority, createLabNetwork } from "../../../../lab/network";
import { type ProxmoxLab, type ProxmoxOptions, startProxmox } from "../../../../lab/proxmox";
import { RecordingRoom } from "./machine-room";
import { TOKEN, accounts, trialSite } from "./site";

export interface Answer {
  readonly status: number;
  readonly reason: string;
  readonly data: unknown;
  readonly errors: Readonly<Record<string, string>>;
  readonly headers: NodeJS.Dict<string | string[]>;
}

export interface Ask {
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** raw body, sent as it is. */
  readonly raw?: string;
  /** host that is asked. @default pve1 */
  readonly host?: string;
}

export interface Stand {
  readonly lab: ProxmoxLab;
  readonly room: RecordingRoom;
  readonly lookup: (host: string, port: number) => number | undefined;
  ask(method: string, path: string, ask?: Ask): Promise<Answer>;
  /** run asks for something that starts a task, and returns how the task ended. */
  run(method: string, path: string, body?: Readonly<Record<string, string>>): Promise<string>;
  /** settled waits until no task runs any more. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** standUp starts a lab of three hosts for one test file. */
export async function standUp(options: Partial<ProxmoxOptions> = {}): Promise<Stand> {
  const folder = mkdtempSync(join(tmpdir(), "slipway-proxmox-"));
  const network = await createLabNetwork();
  const authority = await createLabAuthority(folder);
  const room = new RecordingRoom();
  const parts = {
    site: trialSite,
    network,
    authority,
    machines: room,
    accounts: accounts(),
    taskMilliseconds: 1,
  };
  const putAway = async (): Promise<void> => {
    await network.close();
    rmSync(folder, { recursive: true });
  };
  const lab = await startProxmox({ ...parts, ...options }).catch(async (error: unknown) => {
    await putAway();
    throw error;
  });

  const ask = (
    method: string,
    path: string,
    { query, body, headers, raw, host = "pve1" }: Ask = {},
  ): Promise<Answer> => {
    const address = trialSite.hosts.find(({ name }) => name === host)?.address ?? "";
    const text = body === undefined ? (raw ?? "") : new URLSearchParams(body).toString();
    const search = query === undefined ? "" : `?${new URLSearchParams(query).toString()}`;
    return send(
      {
        host: "127.0.0.1",
        port: network.lookup(address, 8006),
        servername: host,
        ca: authority.certificatePem,
        method,
        path: `/api2/json${path}${search}`,
        headers: {
          Authorization: `PVEAPIToken=${TOKEN.id}=${TOKEN.secret}`,
          ...(body === undefined ? {} : { "Content-Type": "application/x-www-form-urlencoded" }),
          ...headers,
        },
        agent: false,
      },
      text,
    );
  };
  return {
    lab,
    room,
    lookup: (host, port) => network.lookup(host, port),
    ask,
    async run(method, path, body) {
      const answer = await ask(method, path, body === undefined ? {} : { body });
      if (answer.status !== 200) return `${answer.status} ${answer.reason}`;
      return taskEnd(lab, String(answer.data));
    },
    async settled() {
      for (const { upid } of lab.state.tasks()) await taskEnd(lab, upid);
    },
    async close() {
      await lab.close();
      await putAway();
    },
  };
}

async function taskEnd(lab: ProxmoxLab, upid: string): Promise<string> {
  for (;;) {
    const task = lab.state.tasks().find((candidate) => candidate.upid === upid);
    if (!task) return `no task ${upid}`;
    if (task.status === "stopped") return task.exitstatus ?? "";
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function send(options: RequestOptions, body: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(options, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        const answer: { data?: unknown; errors?: Record<string, string> } = JSON.parse(
          Buffer.concat(chunks).toString(),
        );
        resolve({
          status: response.statusCode ?? 0,
          reason: response.statusMessage ?? "",
          data: answer.data,
          errors: answer.errors ?? {},
          headers: response.headers,
        });
      });
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}
