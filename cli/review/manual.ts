import type { Report } from "../../review/render/json";
import type { Json, KeysOf } from "../manual";

/** engineAndCredentials, the needs of whatever plans. */
export const engineAndCredentials =
  "the engine (terraform or tofu), PROXMOX_VE_API_TOKEN and SSH as docs/how-to/proxmox-token.md has it, the login of the proxy in front and of a shared state, and TF_VAR_<name> of each secret.";

/** reviewStatuses of a command that judges a plan. */
export const reviewStatuses = {
  0: "no guard refuses",
  1: "it could not be done: the reason is on standard error",
  2: "a guard refuses; the report names it and how to override it",
} as const;

const keys: KeysOf<Report> = {
  ok: "false where a guard refuses",
  headline: "verdict, machines, data, reachability and guards, a sentence each",
  guards: "an array: each guard that speaks, with what it found and the reason that overrides it",
  sections: "an array: what changes, a sentence each, with the line of the cluster file",
  findings: "an array: subject, effect, loses, interrupts, addresses",
  others: "an array: plan, address and action of what no sentence is about",
  drifted: "an array: what was changed behind Terraform's back",
  unchanged: "how many stay as they are",
  waiting: "an array: stacks that cannot be planned before another one is deployed",
  leftBehind: "an array: stacks that the file no longer has, and what they still hold",
};

/** jsonOfReview, what `plan --json` and `review --json` print. */
export const jsonOfReview: Json = { form: "an object", keys };
