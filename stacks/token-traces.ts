/**
 * withoutTokenTraces spares cdktf the text of a stack trace for each of the thousands of tokens it makes, and
 * never shows: half of a large cluster's synthesis. Errors keep theirs, as ts-node makes it readable.
 */
export function withoutTokenTraces(): void {
  const readable: (error: Error, sites: NodeJS.CallSite[]) => unknown = Error.prepareStackTrace.bind(Error);
  Error.prepareStackTrace = (error, sites) => (error instanceof Error ? readable(error, sites) : "");
}
