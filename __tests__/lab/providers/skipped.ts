/** skipped reports a test that cannot run here, with the reason. */
export function skipped(claim: string, reason: string): void {
  console.log(`skipped: ${claim}: ${reason}`);
  it.skip(`${claim} (skipped: ${reason})`, () => undefined);
}
