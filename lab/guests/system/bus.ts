import { createServer } from "node:http";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { text } from "node:stream/consumers";

export interface Reply {
  readonly code: number;
  readonly text?: string;
}

export type Program = (args: readonly string[]) => Promise<Reply> | Reply;

export interface Bus {
  close(): Promise<void>;
}

/** openBus answers the programs that a machine's scripts call and the lab plays; calls tells each one. */
export async function openBus(
  path: string,
  programs: Readonly<Record<string, Program>>,
  calls: (call: string) => void,
): Promise<Bus> {
  const server = createServer((request, response) => {
    void (async () => {
      const [name = "", ...args] = (await text(request)).split("\0").slice(0, -1);
      calls([name, ...args].join(" "));
      const program = programs[name];
      const reply = program === undefined ? { code: 0 } : await program(args);
      response.end(reply.text === undefined ? `${reply.code}` : `${reply.code}\n${reply.text}`);
    })().catch((error: unknown) => response.end(`1\n${String(error)}`));
  });
  server.listen(path);
  await once(server, "listening");
  return {
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
      rmSync(path, { force: true });
    },
  };
}
