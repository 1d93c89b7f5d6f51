import { execFile } from "node:child_process";
import { createHash, generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { stringify } from "yaml";
import {
  createMachineRoom,
  type GuestRoom,
  type MachineRoomOptions,
  type MachineView,
} from "../../../lab/guests";
import type { DiskContent, PoweredMachine, RunningMachine } from "../../../lab/machine";
import {
  createLabAuthority,
  createLabNetwork,
  type LabAuthority,
  type LabNetwork,
} from "../../../lab/network";
import { clientCertificate, type PemPair, selfSignedAuthority } from "../../../lab/network/certificate";

/** Stage is a lab with nothing in it, and what a test needs to look at it from outside. */
export interface Stage {
  readonly network: LabNetwork;
  readonly authority: LabAuthority;
  readonly room: GuestRoom;
  readonly scratch: string;
  curl(...args: string[]): Promise<string>;
  powerOn(machine: PoweredMachine): Promise<RunningMachine>;
  /** powersItselfOff switches machine on and resolves when it has switched itself off. */
  powersItselfOff(machine: PoweredMachine): Promise<void>;
  /** says waits until a machine's console, errors included, has a line with text. */
  says(machineName: string, text: string): Promise<void>;
  /** view of a machine's newest boot. */
  view(machineName: string): MachineView;
  close(): Promise<void>;
}

export async function createStage(more: Partial<MachineRoomOptions> = {}): Promise<Stage> {
  const scratch = mkdtempSync(join(tmpdir(), "lab-stage-"));
  const network = await createLabNetwork();
  const authority = await createLabAuthority(scratch);
  const room = createMachineRoom({ network, authority, scratch, ...more });
  const view = (machineName: string): MachineView => {
    const found = room.inspect().machines.findLast(({ name }) => name === machineName);
    if (found === undefined) throw new Error(`${machineName} was never switched on`);
    return found;
  };
  return {
    network,
    authority,
    room,
    scratch,
    async curl(...args) {
      const env = { PATH: process.env["PATH"] ?? "", HTTPS_PROXY: network.httpProxyUrl };
      const all = ["--silent", "--show-error", "--max-time", "10", ...args];
      return (await promisify(execFile)("curl", all, { env })).stdout;
    },
    powerOn: (machine) => room.powerOn(machine, () => undefined),
    async powersItselfOff(machine) {
      await new Promise<void>((resolve, reject) => {
        room.powerOn(machine, resolve).catch(reject);
      });
    },
    async says(machineName, text) {
      await eventually(
        () => view(machineName).console.some((line) => line.includes(text)) || undefined,
        () => view(machineName),
      );
    },
    view,
    async close() {
      await room.close();
      await network.close();
      rmSync(scratch, { recursive: true });
    },
  };
}

/** eventually looks until see gives something; the last failure is what it throws. */
export async function eventually<T>(
  see: () => T | undefined | Promise<T | undefined>,
  why: () => unknown,
): Promise<T> {
  const end = Date.now() + 20_000;
  for (;;) {
    const seen = await see();
    if (seen !== undefined && seen !== false) return seen;
    if (Date.now() > end) throw new Error(`never happened; at the end: ${JSON.stringify(why(), null, 1)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export interface MachineSettings {
  readonly vmId?: number;
  readonly name: string;
  readonly address: string;
  readonly userData?: object;
  readonly networkConfig?: string;
  readonly mac?: string;
  readonly disk?: DiskContent;
}

/** networkConfig is the network-config of a machine with one NIC. */
export function networkConfig(mac: string, address: string): string {
  return stringify({
    version: 2,
    ethernets: {
      eth0: {
        match: { macaddress: mac },
        "set-name": "eth0",
        addresses: [`${address}/24`],
        routes: [{ to: "default", via: "192.168.0.1" }],
        nameservers: { addresses: ["192.168.0.1"] },
      },
    },
  });
}

export function cloudConfig(value: object): string {
  return `#cloud-config\n${stringify(value)}`;
}

/** machine is a VM cloned from a cloud image, with a cloud-init drive. */
export function machine(settings: MachineSettings): PoweredMachine {
  const mac = settings.mac ?? "BC:24:11:00:00:01";
  return {
    vmId: settings.vmId ?? 100,
    name: settings.name,
    host: "pve1",
    nics: [{ mac, bridge: "vmbr0" }],
    bootOrder: ["scsi0"],
    disks: new Map([["scsi0", settings.disk ?? { kind: "image", url: "https://example.org/ubuntu.img" }]]),
    isos: new Map(),
    seed: {
      metaData: stringify({ "instance-id": `i-${settings.name}`, "local-hostname": settings.name }),
      userData: cloudConfig({ packages: ["qemu-guest-agent"], ...settings.userData }),
      networkConfig: settings.networkConfig ?? networkConfig(mac.toLowerCase(), settings.address),
    },
    agentEnabled: true,
  };
}

/** rootOf a machine's first disk, once it has booted. */
export function rootOf(powered: PoweredMachine): string {
  const content = powered.disks.get("scsi0");
  if (content?.kind !== "system" || content.system.root === undefined)
    throw new Error("this disk has no system yet");
  return content.system.root;
}

/** Identity is a cluster's CAs and secrets, made before any machine. */
export interface Identity {
  readonly authorities: Readonly<Record<string, PemPair>>;
  readonly serviceKey: string;
  readonly caHash: string;
  readonly serverToken: string;
  readonly agentToken: string;
}

export async function createIdentity(): Promise<Identity> {
  const names = ["server-ca", "client-ca", "request-header-ca", "etcd/peer-ca", "etcd/server-ca"];
  const pairs = await Promise.all(
    names.map(async (name) => [name, await selfSignedAuthority(`rke2-${name}`)] as const),
  );
  const authorities = Object.fromEntries(pairs);
  const caHash = createHash("sha256")
    .update(authorities["server-ca"]?.certificatePem ?? "")
    .digest("hex");
  const serviceKey = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
  return {
    authorities,
    serviceKey: serviceKey.export({ type: "sec1", format: "pem" }).toString(),
    caHash,
    serverToken: `K10${caHash}::server:server-secret`,
    agentToken: `K10${caHash}::node:agent-secret`,
  };
}

export interface NodeSettings {
  readonly name: string;
  readonly config?: object;
  readonly password?: string;
  readonly manifests?: readonly object[];
  /** bootstrap, a script run before each start. */
  readonly bootstrap?: string;
  /** service, a unit of the machine's own that runs beside RKE2, and its script. */
  readonly service?: { readonly unit: string; readonly script: string };
}

export const release = "https://github.com/rancher/rke2/releases/download/v1.36.5%2Brke2r1";

/** install is what a first boot runs to get RKE2: download, compare, unpack. */
export const install = `set -eu
curl --fail --silent --show-error --location --output "$TMPDIR/rke2.linux-amd64.tar.gz" ${release}/rke2.linux-amd64.tar.gz
curl --fail --silent --show-error --location --output "$TMPDIR/sums" ${release}/sha256sum-amd64.txt
(cd "$TMPDIR" && sha256sum --check --ignore-missing sums)
mkdir -p "$ROOT/usr/local"
tar -xzf "$TMPDIR/rke2.linux-amd64.tar.gz" -C "$ROOT/usr/local"
`;

/** serverData is the user-data of an RKE2 server. */
export function serverData(identity: Identity, node: NodeSettings): object {
  const tls = "/var/lib/rancher/rke2/server/tls";
  const dropIn = "[Service]\nExecStartPre=/usr/local/sbin/bootstrap\n";
  return document("server", node, [
    ...Object.entries(identity.authorities).flatMap(([name, pair]) => [
      { path: `${tls}/${name}.crt`, content: pair.certificatePem, permissions: "0644" },
      { path: `${tls}/${name}.key`, content: pair.keyPem, permissions: "0600" },
    ]),
    { path: `${tls}/service.key`, content: identity.serviceKey },
    config({
      token: identity.serverToken,
      "agent-token": identity.agentToken,
      "tls-san": ["192.168.0.20"],
      ...node.config,
    }),
    ...(node.manifests ?? []).map((object, index) => ({
      path: `/var/lib/rancher/rke2/server/manifests/m${index}.yaml`,
      content: stringify(object),
    })),
    ...(node.bootstrap === undefined
      ? []
      : [
          { path: "/usr/local/sbin/bootstrap", content: node.bootstrap, permissions: "0755" },
          { path: "/etc/systemd/system/rke2-server.service.d/10-bootstrap.conf", content: dropIn },
        ]),
  ]);
}

/** agentData is the user-data of an RKE2 agent. */
export function agentData(identity: Identity, node: NodeSettings): object {
  return document("agent", node, [
    config({ token: identity.agentToken, server: "https://192.168.0.21:9345", ...node.config }),
  ]);
}

function config(value: object): object {
  return { path: "/etc/rancher/rke2/config.yaml", permissions: "0600", content: stringify(value) };
}

function document(role: string, node: NodeSettings, files: object[]): object {
  return {
    hostname: node.name,
    write_files: [
      ...files,
      { path: "/etc/rancher/node/password", content: node.password ?? `password-of-${node.name}` },
      ...(node.service === undefined
        ? []
        : [
            { path: "/etc/systemd/system/own.service", content: node.service.unit },
            { path: "/usr/local/sbin/own", content: node.service.script, permissions: "0755" },
          ]),
      { path: "/usr/local/sbin/install-rke2", permissions: "0755", content: `#!/bin/bash\n${install}` },
    ],
    runcmd: [
      ["/usr/local/sbin/install-rke2"],
      ["systemctl", "enable", `rke2-${role}`],
      ["systemctl", "start", "--no-block", `rke2-${role}`],
      ...(node.service === undefined ? [] : [["systemctl", "enable", "--now", "own"]]),
    ],
  };
}

/** clientFiles writes a client certificate for curl's --cacert, --cert and --key. */
export async function clientFiles(
  stage: Stage,
  identity: Identity,
  user: string,
  group?: string,
): Promise<string[]> {
  const [client, server] = [identity.authorities["client-ca"], identity.authorities["server-ca"]];
  if (client === undefined || server === undefined) throw new Error("no authority");
  const subject = { commonName: user, ...(group === undefined ? {} : { organization: group }) };
  const pair = await clientCertificate(client, subject);
  const path = (name: string): string => join(stage.scratch, `${user.replaceAll(":", "-")}-${name}`);
  writeFileSync(path("ca"), server.certificatePem);
  writeFileSync(path("crt"), pair.certificatePem);
  writeFileSync(path("key"), pair.keyPem);
  return ["--cacert", path("ca"), "--cert", path("crt"), "--key", path("key")];
}

/** readyNodes of the only cluster that lives, by name. */
export function readyNodes(stage: Stage): string[] {
  const living = stage.room.inspect().clusters.filter(({ members }) => members.some(({ alive }) => alive));
  return living.flatMap(({ nodes }) => nodes.filter(({ ready }) => ready).map(({ name }) => name)).sort();
}
