import type { Finding, Interruption, Subject } from "./finding";
import { differing, listAt, numberAt, textAt, valueAt } from "./json";
import type { Json } from "./json";
import { isEnding } from "./manifests";
import type { Change, Plan } from "./plan";

/** machines that a plan touches, one finding for each with all that belongs to it. */
export function machines(plan: Plan): Finding[] {
  const vms = plan.planned.filter(({ type }) => type === vmType).map(({ name }) => name);
  const touched = plan.changes.filter(({ type }) => type === vmType);
  const names = [...new Set([...vms, ...touched.map(({ name }) => name)])];
  const allRestart = everyWorkerRestarts(plan);
  return names.flatMap((name) => {
    const own = plan.changes.filter((change) => belongsTo(name, change, names));
    if (own.length === 0) return [];
    const machine = own.find(({ type }) => type === vmType);
    const finding = machine === undefined ? besides(name, own, plan) : ofMachine(machine, keepsQuorum(plan));
    if (finding === undefined) return [];
    const isOneOfAll = finding.subject.kind === "worker" && finding.effect === "restarts" && allRestart;
    return [
      {
        ...finding,
        ...(isOneOfAll ? { interrupts: everyWorker } : {}),
        addresses: own.map(({ address }) => address),
      },
    ];
  });
}

export const vmType = "proxmox_virtual_environment_vm";

type Part = Omit<Finding, "addresses">;

function ofMachine(change: Change, hasQuorum: boolean): Part {
  const subject = subjectOf(change.name, change.after ?? change.before);
  switch (change.action) {
    case "create":
      return { subject, effect: "made", sentence: `is made on ${madeOf(change.after)}`, fields: [] };
    case "delete":
      return {
        subject,
        effect: "destroyed",
        sentence: `is destroyed with its disk (${diskOf(change.before)} on ${textAt(change.before, "node_name") ?? "its host"})`,
        fields: [],
        ...lossOf(subject, change, hasQuorum),
      };
    case "forget":
      return {
        subject,
        effect: "forgotten",
        sentence: "stays in Proxmox, and nothing here knows it any more",
        fields: [],
      };
    case "replace":
      return {
        subject,
        effect: "replaced",
        sentence:
          subject.kind === "template"
            ? "is made again, for machines that are made from now on"
            : `is destroyed and made again, its disk with it: ${reasonOf(change)}`,
        fields: change.forcedBy.map(fieldOf),
        ...lossOf(subject, change, hasQuorum),
      };
    case "update":
      return updated(change, subject);
  }
}

/** everyWorkerRestarts, and nothing makes one wait for another. */
function everyWorkerRestarts({ planned, changes }: Plan): boolean {
  const workers = planned.filter(
    ({ type, name, values }) => type === vmType && subjectOf(name, values).kind === "worker",
  );
  return workers.every(({ address }) =>
    changes.some((change) => change.address === address && isRestarted(change)),
  );
}

const everyWorker: Interruption = {
  what: "what runs on workers (all restart at once)",
  lasts: "for a while",
};

/** keepsQuorum: those servers that stay are a majority of all. */
function keepsQuorum({ planned, changes }: Plan): boolean {
  const isServer = (name: string, values: Json | undefined): boolean =>
    subjectOf(name, values).kind === "server";
  const ending = changes.filter(
    (change) => change.type === vmType && isEnding(change) && isServer(change.name, change.before),
  );
  const staying = planned.filter(
    ({ type, name, values }) =>
      type === vmType &&
      isServer(name, values) &&
      !changes.some((one) => one.type === type && one.name === name && one.action !== "update"),
  );
  return staying.length > ending.length;
}

/** lossOf a machine that ends: all that it wrote since it was made, which of a template and a load balancer is nothing. */
function lossOf(subject: Subject, { name }: Change, hasQuorum: boolean): { loses?: string } {
  if (subject.kind === "worker") return { loses: `the disk of ${name}` };
  if (subject.kind !== "server") return {};
  return {
    loses: hasQuorum ? `the disk of ${name}, whose etcd other servers hold` : `the disk of ${name}`,
  };
}

function updated({ before, after }: Change, subject: Subject): Part {
  const fields = differing(before, after).filter((field) => !ignored.includes(field));
  const restarts = fields.filter((field) => restarting.includes(field));
  const what = fields.map((field) => difference(field, before, after)).join(", ");
  const origin = fields.map(fieldOf);
  if (subject.kind === "template")
    return { subject, effect: "changed in place", sentence: `is changed: ${what}`, fields: origin };
  return restarts.length > 0
    ? { subject, effect: "restarts", sentence: `restarts: ${what}`, fields: origin }
    : { subject, effect: "changed in place", sentence: `is changed while it runs: ${what}`, fields: origin };
}

/** besides the machine itself: what it would begin with if it were made again. */
function besides(name: string, own: readonly Change[], plan: Plan): Part | undefined {
  const values = plan.planned.find((one) => one.type === vmType && one.name === name)?.values;
  const subject = subjectOf(name, values);
  const documents = own.filter(({ type }) => type === "proxmox_virtual_environment_file");
  if (documents.length === 0) return undefined;
  return {
    subject,
    effect: "first-boot data changes",
    sentence: "runs on: only what it would begin with, were it made again, changes",
    fields: [],
  };
}

/** subjectOf a machine, by the tags that every one of ours has. */
export function subjectOf(name: string, values: Json | undefined): Subject {
  const tags = listAt(values, "tags");
  if (valueAt(values, "template") === true) return { kind: "template", name };
  if (tags.includes("server")) return { kind: "server", name };
  if (tags.includes("load-balancer")) return { kind: "load balancer", name };
  if (tags.includes("agent")) return { kind: "worker", name };
  return { kind: "template", name };
}

/** belongsTo the machine with the longest name that fits. */
function belongsTo(name: string, change: Change, names: readonly string[]): boolean {
  const fitting = names.filter((one) => change.name === one || change.name.startsWith(`${one}_`));
  return fitting.sort((a, b) => b.length - a.length)[0] === name;
}

/** restarting fields: Proxmox changes them in a stopped machine only. Source: bpg/proxmox, proxmoxtf/resource/vm/vm.go, vmUpdate. */
const restarting = [
  "cpu",
  "memory",
  "network_device",
  "scsi_hardware",
  "machine",
  "bios",
  "agent",
  "initialization",
  "operating_system",
  "serial_device",
];

/** ignored: what Proxmox tells about a machine. */
const ignored = ["ipv4_addresses", "ipv6_addresses", "network_interface_names", "mac_addresses", "id"];

/** isRestarted by an update: something of it can change in a stopped machine only. */
export function isRestarted({ action, before, after }: Change): boolean {
  return action === "update" && differing(before, after).some((field) => restarting.includes(field));
}

function difference(field: string, before: Json | undefined, after: Json | undefined): string {
  if (field === "disk" && diskOf(before) === diskOf(after)) return "what its disk is made from";
  const shown = { memory: memoryOf, cpu: coresOf, disk: diskOf, node_name: hostOf }[field];
  if (shown === undefined) return field.replaceAll("_", " ");
  const noun = field === "cpu" ? "cores" : field === "node_name" ? "host" : field;
  return `${noun} ${shown(before)} → ${shown(after)}`;
}

function reasonOf({ forcedBy, before, after }: Change): string {
  if (forcedBy.length === 0) return "it was asked for, or it was made only in part";
  return forcedBy.map((field) => difference(field, before, after)).join(", ");
}

/** fieldOf cluster.ts behind an argument of the machine. */
function fieldOf(argument: string): string {
  const fields: Readonly<Record<string, string>> = { cpu: "cores", node_name: "on" };
  return fields[argument] ?? argument;
}

function madeOf(values: Json | undefined): string {
  return `${hostOf(values)}: ${coresOf(values)} cores, ${memoryOf(values)}, disk ${diskOf(values)}`;
}

function hostOf(values: Json | undefined): string {
  return textAt(values, "node_name") ?? "a host";
}

function coresOf(values: Json | undefined): string {
  return String(numberAt(values, "cpu", 0, "cores") ?? "?");
}

function memoryOf(values: Json | undefined): string {
  const mebibytes = numberAt(values, "memory", 0, "dedicated");
  if (mebibytes === undefined) return "?";
  return mebibytes % 1024 === 0 ? `${mebibytes / 1024} GiB` : `${mebibytes} MiB`;
}

function diskOf(values: Json | undefined): string {
  const size = numberAt(values, "disk", 0, "size");
  return size === undefined ? "?" : `${size} GiB`;
}
