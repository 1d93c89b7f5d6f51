import { nearest } from "./nearest";

/** listOf names in a sentence: a, b and c. */
export function listOf(names: readonly string[], word: "and" | "or" = "and"): string {
  return names.length > 1 ? `${names.slice(0, -1).join(", ")} ${word} ${names.at(-1)}` : (names[0] ?? "");
}

export function didYouMean(name: string, known: readonly string[]): string | undefined {
  const meant = nearest(name, known);
  return meant === undefined ? undefined : `did you mean "${meant}"?`;
}

export function counted(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? "" : "s"}`;
}
