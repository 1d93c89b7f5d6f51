import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { z } from "zod";
import { run } from "../../../lab/engine/run";
import { until } from "../../../lab/rehearse/until";
import type { Operator } from "./operator";

interface HandMade {
  readonly node: string;
  readonly id: number;
  readonly host: string;
  readonly address: string;
  readonly role: "server" | "agent";
  readonly disk: string;
}

/** handMade machines of the cluster of the pages, as somebody made them who had never heard of its names and tags. */
export const handMade: readonly HandMade[] = [
  { node: "server-1", id: 1021, host: "pve1", address: "192.168.0.21", role: "server", disk: "60G" },
  { node: "server-2", id: 1022, host: "pve2", address: "192.168.0.22", role: "server", disk: "60G" },
  { node: "server-3", id: 1023, host: "pve3", address: "192.168.0.23", role: "server", disk: "60G" },
  { node: "worker-1", id: 1031, host: "pve1", address: "192.168.0.31", role: "agent", disk: "80G" },
  { node: "node-b", id: 1032, host: "pve2", address: "192.168.0.32", role: "agent", disk: "80G" },
];

/**
 * makeByHand a cluster with calls of Proxmox's API, as it stands after what docs/how-to/import.md does to a live one:
 * with the authorities and tokens of the state, no known node password, and RKE2 not started at boot.
 */
export async function makeByHand(operator: Operator): Promise<void> {
  const { lab } = operator;
  lab.proxmox.hand.addPool("home", "our own");
  for (const host of new Set(handMade.map((machine) => machine.host))) {
    await ask(operator, "POST", `nodes/${host}/storage/local/download-url`, {
      content: "import",
      filename: "noble.qcow2",
      url: "https://cloud-images.ubuntu.com/noble/current/noble-server-cloudimg-amd64.qcow2",
    });
  }
  for (const machine of handMade) {
    await make(operator, machine);
    await ended(`${machine.node} is not Ready`, () => lab.readyNodes([first.address]).includes(machine.node));
  }
  lab.forgetNodePasswords([first.address]);
}

const first = { address: "192.168.0.21" };

async function make(operator: Operator, machine: HandMade): Promise<void> {
  const { id, host, node, disk } = machine;
  const mac = `BC:24:11:00:00:${String(id % 100)}`;
  const { hand } = operator.lab.proxmox;
  hand.writeSnippet(host, "local", `${node}.yaml`, userData(machine, operator.folder));
  hand.writeSnippet(host, "local", `${node}-network.yaml`, networkConfig(machine, mac));
  const vm = `nodes/${host}/qemu/${id}`;
  await ask(operator, "POST", `nodes/${host}/qemu`, {
    vmid: String(id),
    name: node,
    pool: "home",
    cores: "2",
    memory: "4096",
    agent: "1",
    scsi0: "local-lvm:0,import-from=local:import/noble.qcow2",
    ide2: "local-lvm:cloudinit",
    boot: "order=scsi0",
    net0: `virtio=${mac},bridge=vmbr0`,
    ipconfig0: `ip=${machine.address}/24,gw=192.168.0.1`,
    nameserver: "192.168.0.1",
    ciuser: "admin",
    cicustom: `user=local:snippets/${node}.yaml,network=local:snippets/${node}-network.yaml`,
  });
  await ask(operator, "PUT", `${vm}/resize`, { disk: "scsi0", size: disk });
  await ask(operator, "POST", `${vm}/status/start`, {});
}

/** ask Proxmox's API as its token's owner would, and wait until its tasks have ended. */
async function ask(
  { environment, lab, scratch }: Operator,
  method: string,
  path: string,
  parameters: Readonly<Record<string, string>>,
): Promise<void> {
  const token = environment["PROXMOX_VE_API_TOKEN"] ?? "";
  const data = Object.entries(parameters).flatMap((pair) => ["--data-urlencode", pair.join("=")]);
  const { code, output } = await run({
    file: "curl",
    args: [
      ...["--silent", "--show-error", "--fail-with-body", "--request", method],
      ...["--header", `Authorization: PVEAPIToken=${token}`],
      ...["--proxy", environment["HTTPS_PROXY"] ?? "", "--cacert", environment["SSL_CERT_FILE"] ?? ""],
      ...data,
      `https://192.168.0.10:8006/api2/json/${path}`,
    ],
    cwd: scratch,
    environment,
    seconds: 60,
  });
  if (code !== 0) throw new Error(`${method} ${path}: ${output}`);
  await ended(`${path} does not end`, () =>
    lab.proxmox.state.tasks().every(({ status }) => status !== "running"),
  );
}

async function ended(otherwise: string, asked: () => boolean): Promise<void> {
  if (!(await until(() => Promise.resolve(asked())))) throw new Error(otherwise);
}

const release = "https://github.com/rancher/rke2/releases/download/v1.36.5%2Brke2r1/rke2.linux-amd64.tar.gz";

function userData({ node, role, address }: HandMade, folder: string): string {
  const isFirst = address === first.address;
  const tokens = tokensOf(folder);
  const files = {
    "/etc/rancher/rke2/config.yaml": stringify({
      ...(isFirst ? {} : { server: `https://${first.address}:9345` }),
      ...(role === "server" ? { ...critical, token: tokens.server, "agent-token": tokens.agent } : {}),
      ...(role === "agent" ? { token: tokens.agent } : {}),
    }),
    ...(isFirst ? authoritiesIn(folder) : {}),
  };
  return `#cloud-config\n${stringify({
    hostname: node,
    write_files: Object.entries(files).map(([path, content]) => ({ path, content, permissions: "0600" })),
    packages: ["qemu-guest-agent", "curl"],
    runcmd: [
      ["mkdir", "-p", "/usr/local", "/tmp"],
      ["curl", "--fail", "--silent", "--location", "--output", "/tmp/rke2.tar.gz", release],
      ["tar", "-xzf", "/tmp/rke2.tar.gz", "-C", "/usr/local"],
      ["systemctl", "daemon-reload"],
      ["systemctl", "start", "--no-block", `rke2-${role}`],
    ],
  })}`;
}

/** critical settings, which all servers of a cluster share for ever. */
const critical = {
  cni: "canal",
  "cluster-cidr": "172.29.0.0/16",
  "service-cidr": "172.30.0.0/16",
  "cluster-dns": "172.30.0.10",
};

function networkConfig({ address }: HandMade, mac: string): string {
  return stringify({
    version: 2,
    ethernets: {
      lan: {
        match: { macaddress: mac.toLowerCase() },
        addresses: [`${address}/24`],
        routes: [{ to: "default", via: "192.168.0.1" }],
        nameservers: { addresses: ["192.168.0.1"] },
      },
    },
  });
}

/** authoritiesIn the folder that the page makes, as the first server has them. */
function authoritiesIn(folder: string): Record<string, string> {
  const names = ["server-ca", "client-ca", "request-header-ca", "etcd/peer-ca", "etcd/server-ca"];
  const files = [...names.flatMap((name) => [`${name}.crt`, `${name}.key`]), "service.key"];
  return Object.fromEntries(
    files.map((file) => [
      `/var/lib/rancher/rke2/server/tls/${file}`,
      readFileSync(join(folder, "authorities/server/tls", file), "utf8"),
    ]),
  );
}

function tokensOf(folder: string): { readonly server: string; readonly agent: string } {
  const authority = readFileSync(join(folder, "authorities/server/tls/server-ca.crt"));
  const pin = `K10${createHash("sha256").update(authority).digest("hex")}`;
  const { resources } = stateSchema.parse(
    JSON.parse(readFileSync(join(folder, "terraform.home-identity.tfstate"), "utf8")),
  );
  const password = (name: string): string =>
    resources.find((resource) => resource.name === name)?.instances[0]?.attributes.result ?? "";
  return {
    server: `${pin}::server:${password("server-token")}`,
    agent: `${pin}::node:${password("agent-token")}`,
  };
}

const stateSchema = z.object({
  resources: z.array(
    z.object({
      name: z.string(),
      instances: z.array(z.object({ attributes: z.looseObject({ result: z.string().optional() }) })),
    }),
  ),
});
