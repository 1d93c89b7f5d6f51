import { randomInt } from "node:crypto";
import { connect, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";

export interface GuestAgent {
  /** answers once the agent in the machine runs, which is waited for. */
  answers(seconds: number): Promise<void>;
  /** exec runs a program in the machine and returns what it printed. */
  exec(command: readonly string[], input: string, seconds: number): Promise<Executed>;
  reboot(): void;
  close(): void;
}

export interface Executed {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

const base64 = z.string().transform((text) => Buffer.from(text, "base64").toString("utf8"));
const started = z.object({ return: z.object({ pid: z.number() }) });
const state = z.object({
  return: z.object({
    exited: z.boolean(),
    exitcode: z.number().default(-1),
    "out-data": base64.default(""),
    "err-data": base64.default(""),
  }),
});
const synchronised = z.object({ return: z.number() });

/**
 * connectGuestAgent speaks to qemu-guest-agent through its channel, as Proxmox does.
 * @see https://www.qemu.org/docs/master/interop/qemu-ga-ref.html
 */
export async function connectGuestAgent(path: string): Promise<GuestAgent> {
  const socket = await connected(path);
  const waiting = new Set<(answer: unknown) => void>();
  let rest = "";
  socket.setEncoding("utf8").on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      const answer = parsed(line);
      for (const take of waiting) take(answer);
    }
  });

  /** ask sends one request and returns the first answer of that shape. */
  async function ask<T>(request: object, shape: z.ZodType<T>, seconds: number): Promise<T | undefined> {
    socket.write(`${JSON.stringify(request)}\n`);
    let take: ((answer: unknown) => void) | undefined;
    const answered = new Promise<T>((resolve) => {
      take = (answer) => {
        const read = shape.safeParse(answer);
        if (read.success) resolve(read.data);
      };
      waiting.add(take);
    });
    const answer = await Promise.race([answered, pause(seconds * 1000, undefined, { ref: false })]);
    if (take) waiting.delete(take);
    return answer;
  }

  async function needed<T>(request: object, shape: z.ZodType<T>): Promise<T> {
    const answer = await ask(request, shape, 60);
    if (answer === undefined) throw new Error(`the guest agent does not answer ${JSON.stringify(request)}`);
    return answer;
  }

  return {
    async answers(seconds) {
      const deadline = performance.now() + seconds * 1000;
      while (performance.now() < deadline) {
        const id = randomInt(1, 2 ** 31);
        const answer = await ask({ execute: "guest-sync", arguments: { id } }, synchronised, 3);
        if (answer?.return === id) return;
      }
      throw new Error(`its guest agent does not answer after ${seconds} s`);
    },
    async exec([path = "", ...arg], input, seconds) {
      const request = {
        path,
        arg,
        "input-data": Buffer.from(input).toString("base64"),
        "capture-output": true,
      };
      const begun = await needed({ execute: "guest-exec", arguments: request }, started);
      const deadline = performance.now() + seconds * 1000;
      const asked = { execute: "guest-exec-status", arguments: { pid: begun.return.pid } };
      while (performance.now() < deadline) {
        const { return: now } = await needed(asked, state);
        if (now.exited) return { status: now.exitcode, stdout: now["out-data"], stderr: now["err-data"] };
        await pause(500);
      }
      throw new Error(`${path} has not ended after ${seconds} s`);
    },
    reboot: () =>
      void socket.write(`${JSON.stringify({ execute: "guest-shutdown", arguments: { mode: "reboot" } })}\n`),
    close: () => socket.destroy(),
  };
}

/** connected once QEMU listens there. */
async function connected(path: string): Promise<Socket> {
  for (let tries = 100; ; tries -= 1) {
    const socket = connect(path);
    const failure = await new Promise<Error | undefined>((resolve) => {
      socket.once("connect", () => resolve(undefined)).once("error", resolve);
    });
    if (failure === undefined) return socket.on("error", () => undefined);
    if (tries === 0) throw failure;
    await pause(100);
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
