import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectGuestAgent, type GuestAgent } from "../../../lab/boot/machine/guest-agent";

let folder: string;
let channel: Server;
let agent: GuestAgent;

interface Request {
  readonly execute: string;
  readonly arguments: { readonly id?: number; readonly path?: string; readonly "input-data"?: string };
}

/** answers of a guest agent whose program ends at the second time it is asked about. */
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "slipway-agent-"));
  let asked = 0;
  let input = "";
  channel = createServer((socket) => {
    socket.setEncoding("utf8").on("data", (text: string) => {
      for (const line of text.trim().split("\n")) {
        const request: Request = JSON.parse(line);
        const say = (value: unknown): void => void socket.write(`${JSON.stringify({ return: value })}\n`);
        if (request.execute === "guest-sync") {
          socket.write("garbage of an earlier answer\n");
          say(request.arguments.id);
        }
        if (request.execute === "guest-exec") {
          input = Buffer.from(request.arguments["input-data"] ?? "", "base64").toString();
          say({ pid: 7 });
        }
        if (request.execute === "guest-exec-status") {
          asked += 1;
          if (asked === 1) say({ exited: false });
          else say({ exited: true, exitcode: 3, "out-data": Buffer.from(`got ${input}`).toString("base64") });
        }
      }
    });
  });
  const path = join(folder, "agent");
  await new Promise<void>((resolve) => {
    channel.listen(path, resolve);
  });
  agent = await connectGuestAgent(path);
});

afterEach(() => {
  agent.close();
  channel.close();
  rmSync(folder, { recursive: true });
});

test("the guest agent is there once it repeats our number", async () => {
  await expect(agent.answers(30)).resolves.toBeUndefined();
});

test("a program runs in the machine to its end, and what it printed comes back", async () => {
  expect(await agent.exec(["/bin/cat"], "the input", 30)).toEqual({
    status: 3,
    stdout: "got the input",
    stderr: "",
  });
});
