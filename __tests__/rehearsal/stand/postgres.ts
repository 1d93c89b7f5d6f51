import { execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { freePorts } from "../../../lab/kubernetes/real/free-ports";
import { commandsOf } from "../../docs/running/page";

/** Postgres is a real database on loopback, with the user and the database that docs/how-to/move-state.md makes. */
export interface Postgres {
  /** connection of that user, with its password. */
  readonly connection: string;
  readonly password: string;
  /** rows that a query of that user gives, columns with a bar between. */
  rows(query: string): string[];
  close(): Promise<void>;
}

const debian = "/usr/lib/postgresql";

/** neitherPostgres is the reason why none can be started here, if there is one. */
export function neitherPostgres(): string | undefined {
  return binaries() === undefined ? `no PostgreSQL below ${debian}` : undefined;
}

export async function startPostgres(): Promise<Postgres> {
  const bin = binaries();
  const [port = 0] = await freePorts(1);
  if (bin === undefined) throw new Error(`no PostgreSQL below ${debian}`);
  const folder = mkdtempSync(join(tmpdir(), "slipway-postgres-"));
  const data = join(folder, "data");
  const passwordFile = join(folder, "password");
  const password = randomBytes(18).toString("hex");
  const account = accountOf();
  mkdirSync(data, { mode: 0o700 });
  writeFileSync(passwordFile, password);
  chmodSync(folder, 0o755);
  if (account !== undefined) chownSync(data, account.uid, account.gid);
  const environment = { PATH: "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" };
  const initialise = [
    "-D",
    data,
    "-U",
    "admin",
    "-A",
    "scram-sha-256",
    `--pwfile=${passwordFile}`,
    "--no-sync",
  ];
  execFileSync(join(bin, "initdb"), initialise, {
    ...account,
    cwd: folder,
    env: environment,
    stdio: "ignore",
  });
  const server = spawn(
    join(bin, "postgres"),
    ["-D", data, "-h", "127.0.0.1", "-p", String(port), "-k", data, "-F"],
    { ...account, cwd: folder, env: environment, stdio: ["ignore", "ignore", "pipe"] },
  );
  const kill = (): void => void server.kill("SIGKILL");
  process.once("exit", kill);
  for await (const line of createInterface(server.stderr))
    if (line.includes("ready to accept connections")) break;
  server.stderr.resume();

  const url = (user: string, database: string) =>
    `postgres://${user}:${password}@127.0.0.1:${port}/${database}?sslmode=disable`;
  const ask = (connection: string, query: string): string[] =>
    execFileSync(join(bin, "psql"), [connection, "-Atc", query], { env: environment, encoding: "utf8" })
      .split("\n")
      .filter((line) => line !== "");
  const [makeStore = ""] = commandsOf("move-state.md", "2. Make the store");
  execFileSync("/bin/bash", ["-euc", `sudo() { shift 2; setsid --wait "$@"; }\n${makeStore}`], {
    env: {
      PATH: `${bin}:${environment.PATH}`,
      PGHOST: "127.0.0.1",
      PGPORT: String(port),
      PGUSER: "admin",
      PGPASSWORD: password,
    },
    // Without a terminal, createuser reads the new password, twice, from here.
    input: `${password}\n${password}\n`,
    stdio: ["pipe", "ignore", "ignore"],
  });
  const connection = url("slipway", "slipway");
  return {
    connection,
    password,
    rows: (query) => ask(connection, query),
    async close() {
      const ended = once(server, "exit");
      server.kill("SIGQUIT");
      await ended;
      process.removeListener("exit", kill);
      rmSync(folder, { recursive: true });
    },
  };
}

function binaries(): string | undefined {
  const versions = existsSync(debian) ? readdirSync(debian) : [];
  return versions
    .map((version) => join(debian, version, "bin"))
    .find((bin) => existsSync(join(bin, "postgres")));
}

/** accountOf who runs it: PostgreSQL refuses root. */
function accountOf(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const number = (option: string) => Number(execFileSync("id", [option, "nobody"], { encoding: "utf8" }));
  return { uid: number("-u"), gid: number("-g") };
}
