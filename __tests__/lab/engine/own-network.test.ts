import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { canHaveOwnNetwork } from "../../../lab/engine/own-network";

const project = resolve(__dirname, "../../..");

/** Prints what it can reach: its own loopback, and a server on the loopback outside. */
const program = `
  require(${JSON.stringify(join(project, "from-source.js"))});
  const { inOwnNetwork, againInOwnNetwork } = require(${JSON.stringify(join(project, "lab/engine/own-network"))});
  const { connect, createServer } = require("node:net");
  const reaches = (port) => new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => { socket.destroy(); resolve("yes"); });
    socket.once("error", () => resolve("no"));
  });
  (async () => {
    if (!inOwnNetwork()) { process.exitCode = await againInOwnNetwork(); return; }
    const server = createServer().listen(0, "127.0.0.1", async () => {
      console.log("inside", await reaches(server.address().port), "outside", await reaches(Number(process.argv[2])));
      server.close();
      process.exitCode = 3;
    });
  })();
`;

test("in a network of its own a rehearsal has its loopback, reaches nothing outside, and its status comes back", async () => {
  if (!(await canHaveOwnNetwork())) {
    process.stderr.write("skipped: a network of its own: this kernel grants no network namespace\n");
    return;
  }
  const outside = createServer();
  await new Promise<void>((listening) => outside.listen(0, "127.0.0.1", listening));
  const folder = mkdtempSync(join(tmpdir(), "slipway-own-"));
  const file = join(folder, "ask.js");
  writeFileSync(file, program);
  const ran = spawnSync(process.execPath, [file, String((outside.address() as AddressInfo).port)], {
    cwd: project,
    encoding: "utf8",
    env: { PATH: process.env["PATH"], NODE_PATH: join(project, "node_modules") },
  });
  outside.close();
  rmSync(folder, { recursive: true });
  expect({ out: ran.stdout.trim(), status: ran.status, errors: ran.stderr }).toEqual({
    out: "inside yes outside no",
    status: 3,
    errors: "",
  });
});
