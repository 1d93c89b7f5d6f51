/** nearest of the known names: at most a third of the letters away, and not by its number alone (pve3 is not pve1). */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const letters = (text: string) => text.replace(/\d/g, "");
  const [best] = known
    .filter((candidate) => letters(candidate) !== letters(name))
    .map((candidate) => ({ candidate, edits: editsBetween(name.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.edits - b.edits);
  return best !== undefined && best.edits <= Math.max(1, name.length / 3) ? best.candidate : undefined;
}

/** editsBetween two words: letters added, dropped, changed, or swapped with their neighbour. */
function editsBetween(a: string, b: string): number {
  const table = Array.from({ length: a.length + 1 }, (_, i) => [i]);
  const at = (i: number, j: number): number => table[i]?.[j] ?? Infinity;
  for (let j = 1; j <= b.length; j += 1) table[0]?.push(j);
  for (let i = 1; i <= a.length; i += 1) {
    for (let j = 1; j <= b.length; j += 1) {
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      table[i]?.push(
        Math.min(
          at(i - 1, j) + 1,
          at(i, j - 1) + 1,
          at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1),
          swapped ? at(i - 2, j - 2) + 1 : Infinity,
        ),
      );
    }
  }
  return at(a.length, b.length);
}
