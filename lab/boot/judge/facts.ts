import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { GuestAgent } from "../machine/guest-agent";
import type { Expectation } from "./expectation";

const entry = z.object({
  mode: z.string(),
  owner: z.string(),
  sha256: z.string().nullable(),
  /** changed: when its content or rights last were, in milliseconds. */
  changed: z.number(),
});

const link = z.object({
  ifname: z.string(),
  address: z.string().optional(),
  addr_info: z.array(z.object({ family: z.string(), local: z.string(), prefixlen: z.number() })).default([]),
});

const facts = z.object({
  bootId: z.string(),
  machineId: z.string(),
  instanceId: z.string(),
  hostname: z.string(),
  kernel: z.string(),
  system: z.string(),
  versions: z.record(z.string(), z.string()),
  links: z.array(link),
  routes: z.array(z.object({ gateway: z.string().optional(), dev: z.string() })),
  resolvers: z.array(z.string()),
  paths: z.record(z.string(), entry.nullable()),
  units: z.record(z.string(), z.object({ enabled: z.string(), active: z.string() })),
  failedUnits: z.array(z.string()),
  cloudInit: z.object({
    status: z.string(),
    extended_status: z.string(),
    datasource: z.string(),
    errors: z.array(z.string()),
    recoverable_errors: z.record(z.string(), z.array(z.string())),
  }),
  schema: z.object({ status: z.number(), words: z.string() }),
  swaps: z.array(z.string()),
  sysctls: z.record(z.string(), z.string()),
  packages: z.record(z.string(), z.string()),
  /** rke2, what the stand-in held and refused; null where none ran. */
  rke2: z.object({ held: z.array(z.string()), refused: z.string().nullable() }).nullable(),
  /** journal of RKE2's service since the machine started. */
  journal: z.array(z.string()),
});

/** Facts are what a machine is like, as it says itself. */
export type Facts = z.output<typeof facts>;

export function readFacts(text: string): Facts {
  return facts.parse(JSON.parse(text));
}

/** factsOf a machine that runs, asked through its guest agent. */
export async function factsOf(agent: GuestAgent, expected: Expectation): Promise<Facts> {
  const wanted = {
    versions: versionCommands,
    paths: [...expected.files.map(({ path }) => path), ...expected.privateDirectories],
    units: expected.units.map(({ name }) => name),
    sysctls: Object.keys(expected.sysctls),
    packages: expected.packages,
  };
  const said = await agent.exec(["/usr/bin/python3", "-c", program], JSON.stringify(wanted), factsSeconds);
  if (said.status !== 0) throw new Error(`cannot be asked what it is like: ${said.stderr.trim()}`);
  return readFacts(said.stdout);
}

/** factsSeconds that the many small programs behind the answer may take, emulated and beside neighbours. */
const factsSeconds = 600;

const program = readFileSync(join(__dirname, "..", "inside", "facts.py"), "utf8");

const versionCommands = {
  "cloud-init": ["cloud-init", "--version"],
  systemd: ["systemctl", "--version"],
  haproxy: ["haproxy", "-v"],
  keepalived: ["keepalived", "--version"],
};
