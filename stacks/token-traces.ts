/**
 * withoutTokenTraces spares cdktf the text of a stack trace for each of the thousands of tokens it makes, and
 * never shows: half of a large cluster's synthesis. Errors keep theirs.
 */
export function withoutTokenTraces(): void {
  const readable = Error.prepareStackTrace;
  Error.prepareStackTrace = (error, sites) =>
    error instanceof Error ? (readable?.(error, sites) ?? plainTrace(error, sites)) : "";
}

function plainTrace(error: Error, sites: readonly NodeJS.CallSite[]): string {
  return [String(error), ...sites.map((site) => `    at ${String(site)}`)].join("\n");
}
