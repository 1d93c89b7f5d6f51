/** skipped reports a test that cannot run here, with the reason. */
export function skipped(claim: string, reason: string): void {
  process.stderr.write(`skipped: ${claim}: ${reason}\n`);
  it.skip(`${claim} (skipped: ${reason})`, () => undefined);
}
