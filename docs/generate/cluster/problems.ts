import type { ProblemMeaning } from "../../../reference/entry";

/** Told is what is known of a problem's code from its words on a screen. */
export type Told = Pick<ProblemMeaning, "severity" | "why">;

/** toldIn printed problems: each code with the reason that it is first told with. */
export function toldIn(printed: readonly string[]): Record<string, Told> {
  const told = printed.flatMap((text) =>
    [...text.matchAll(/^ {4}why {2}(.+)\n {4}fix {2}.* {3}\((warning )?([a-z0-9]+\/[a-z0-9-]+)\)$/gm)].map(
      ([, why = "", warns, code = ""]): [string, Told] => [
        code,
        { severity: warns === undefined ? "error" : "warning", why },
      ],
    ),
  );
  return Object.fromEntries([...told].reverse());
}
