/** Check is one claim about a machine, and whether it came true. */
export interface Check {
  readonly machine: string;
  readonly claim: string;
  readonly ok: boolean;
  /** seen instead, or what there is to see. */
  readonly seen: string;
}

/** checksOf one machine. */
export type Judge = (claim: string, ok: boolean, seen: string) => Check;

export function judgeOf(machine: string): Judge {
  return (claim, ok, seen) => ({ machine, claim, ok, seen });
}

/** listed for a reader: nothing is a word too. */
export function listed(words: readonly string[]): string {
  return words.length === 0 ? "none" : words.join(", ");
}
