import type { Fault } from "../fault";
import type { Field } from "../field";
import { call, killed, withoutTemplate } from "./requests";

const worker = ({ worker: { vmId } }: Field): number => vmId;
const ended = /ended by SIGKILL/;

/** killing Terraform, or its provider alone, between two calls. */
export const killing: readonly Fault[] = [
  {
    name: "Terraform is killed while Proxmox clones; the clone is imported",
    phase: "deploy",
    inject: killed(call.clone, "done", 1500),
    says: ended,
    leaves: { machine: worker, then: "import" },
  },
  {
    name: "Terraform is killed while Proxmox clones; the clone is removed",
    phase: "deploy",
    inject: killed(call.clone, "done", 1500),
    says: ended,
    leaves: { machine: worker, then: "remove" },
  },
  {
    name: "Terraform is killed between configuration and start; the machine is imported",
    phase: "deploy",
    inject: killed(call.start, "instead"),
    says: ended,
    leaves: { machine: worker, then: "import" },
  },
  {
    name: "Terraform is killed after the start; the machine is imported",
    phase: "deploy",
    inject: killed(call.start, "done"),
    says: ended,
    leaves: { machine: worker, then: "import" },
  },
  {
    name: "the provider alone is killed while Proxmox clones",
    phase: "deploy",
    inject: (field) => {
      field.hand.fail(call.clone(field), {
        kind: "meanwhile",
        when: "done",
        act: () => field.killProvider(),
      });
      return undefined;
    },
    says: /Plugin did not respond|Request cancelled The plugin/,
    leaves: { machine: worker, then: "remove" },
  },
  {
    name: "Terraform is killed while an image is downloaded",
    phase: "deploy",
    inject: async (field) => {
      await withoutTemplate(field);
      return killed(call.download, "done", 300)(field);
    },
    says: ended,
    touches: (field) => [worker(field), field.template],
  },
  {
    name: "Terraform is killed while Proxmox makes the template; it is removed",
    phase: "deploy",
    inject: async (field) => {
      await withoutTemplate(field);
      return killed(call.createTemplate, "done", 1500)(field);
    },
    says: ended,
    leaves: { machine: (field) => field.template, then: "remove" },
    touches: (field) => [worker(field), field.template],
  },
  {
    name: "Terraform is killed while a snippet is replaced",
    phase: "change",
    inject: (field) => {
      field.hand.fail(
        { method: "DELETE", path: "snippets" },
        { kind: "meanwhile", when: "done", act: () => field.kill() },
      );
      return undefined;
    },
    says: ended,
  },
  {
    name: "Terraform is killed while a machine is edited",
    phase: "change",
    inject: killed(call.configure, "done"),
    says: ended,
  },
  {
    name: "Terraform is killed while it makes the pool",
    phase: "change",
    inject: async (field) => {
      for (const { id } of field.state.pools()) field.hand.deletePool(id);
      await field.forgetTheLost();
      field.hand.fail(
        { method: "POST", path: /\/pools$/ },
        { kind: "meanwhile", when: "done", act: () => field.kill() },
      );
      return undefined;
    },
    says: ended,
    touches: (field) => field.state.vms().map(({ id }) => id),
  },
  {
    name: "another deploy is running",
    phase: "change",
    inject: (field) => field.deployElsewhere(),
    says: /Error acquiring the state lock/,
  },
];
