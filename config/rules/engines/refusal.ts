import { enginesThatCan, engineNames } from "../../capabilities";
import type { Capability } from "../../capabilities";
import type { Draft } from "../../draft";
import type { EngineName } from "../../model/ingress";
import { error } from "../../problem";
import type { Problem } from "../../problem";
import { listOf } from "../../words";

/** Refusal of something that the file says and an engine would do otherwise. */
export interface Refusal {
  /** keys of the values in conflict, the one to edit first. */
  readonly keys: readonly [readonly string[], ...(readonly string[])[]];
  readonly found: string;
  readonly why: string;
  /** edit that settles it on this engine. */
  readonly edit: string;
  /** able engines, which do as the file says. */
  readonly able: readonly EngineName[];
}

/** refused at its places, and at the engine that the file chooses. */
export function refused(draft: Draft, code: string, { keys, found, why, edit, able }: Refusal): Problem {
  const [first, ...others] = keys;
  return error(
    code,
    [draft.at(...first), ...others.map((each) => draft.at(...each)), draft.at("ingress", "controller")],
    {
      found,
      why,
      fix: able.length === 0 ? edit : `${edit}, or choose an engine that can: ${listOf(able)}`,
    },
  );
}

/** ableAt all of these capabilities, but for the engines that have a rule of their own against it. */
export function ableAt(asked: readonly Capability[], but: readonly EngineName[]): readonly EngineName[] {
  const able = asked.map(enginesThatCan);
  return engineNames.filter((engine) => !but.includes(engine) && able.every((some) => some.includes(engine)));
}

/** eachOnce of problems: rules of one path have its policy in common. */
export function eachOnce(problems: readonly Problem[]): Problem[] {
  return [
    ...new Map(
      problems.map((problem) => [JSON.stringify([problem.code, problem.places, problem.found]), problem]),
    ).values(),
  ];
}
