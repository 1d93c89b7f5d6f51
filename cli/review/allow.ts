import { InvalidArgumentError, Option } from "commander";
import { offering } from "../completion/offer";
import { guardNames } from "../../review/guards/violation";
import type { GuardName } from "../../review/guards/violation";

export type Allowed = Readonly<Partial<Record<GuardName, string>>>;

export interface AllowOption {
  readonly allow: Allowed;
}

/** allowOption overrides one guard, with the reason that the report will show. */
export function allowOption(): Option {
  const option = new Option("--allow <guard=reason>", `override a guard: ${guardNames.join(", ")}`)
    .default({}, "none")
    .argParser((text: string, before: Allowed): Allowed => {
      const [, name = "", reason = ""] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
      const guard = guardNames.find((known) => known === name.trim());
      if (guard === undefined)
        throw new InvalidArgumentError(`"${name.trim()}" is no guard; there are ${guardNames.join(", ")}.`);
      if (reason.trim() === "")
        throw new InvalidArgumentError(`say why: --allow ${guard}="the lab is rebuilt on Friday"`);
      return { ...before, [guard]: reason.trim() };
    });
  return offering(option, () => ({
    kind: "beginnings",
    words: guardNames.map((guard) => ({ text: `${guard}=` })),
  }));
}
