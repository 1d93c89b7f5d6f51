/** listed: "a", "a and b", "a, b and c". */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1) ?? ""}`;
}

/** shortened list: all of six, of more the first five. */
export function shortened(words: readonly string[]): string {
  return words.length > 6 ? `${words.slice(0, 5).join(", ")} and ${words.length - 5} more` : words.join(", ");
}

/** counted: "1 stack changes", "2 stacks change". */
export function counted(count: number, noun: string, verb: string): string {
  return count === 1 ? `1 ${noun} ${verb}s` : `${count} ${noun}s ${verb}`;
}
