/** isOlder: whether one version comes before another, number by number: 1.9.3 before 1.11. */
export function isOlder(version: string, than: string): boolean {
  const [have, want] = [numbersOf(version), numbersOf(than)];
  for (const [index, wanted] of want.entries()) {
    const had = have[index] ?? 0;
    if (had !== wanted) return had < wanted;
  }
  return false;
}

function numbersOf(version: string): number[] {
  return version.split(/[.-]/).map((part) => Number.parseInt(part, 10) || 0);
}
