import type { Lab } from "..";
import { StepFailed } from "./step-failed";

/** Rendered is every snippet on the simulated hosts, byte for byte, by host and volume. */
export type Rendered = ReadonlyMap<string, string>;

export function renderedIn({ proxmox: { state } }: Pick<Lab, "proxmox">): Rendered {
  const snippets = state.volumes().filter(({ content }) => content === "snippets");
  return new Map(
    snippets.map(({ host, volid, text }) => [`${host ?? "shared"} ${volid}`, text?.toString("utf8") ?? ""]),
  );
}

/** expectSameRendered: not a byte of what any machine boots from has changed. */
export function expectSameRendered(what: string, before: Rendered, after: Rendered): void {
  const names = [...new Set([...before.keys(), ...after.keys()])];
  const changed = names.filter((name) => before.get(name) !== after.get(name));
  if (changed.length > 0) throw new StepFailed(`${what} changes what nodes boot from`, changed.join("\n"));
}
