/**
 * withoutTokenTraces spares cdktf a stack trace for each of the thousands of tokens it makes, and never shows: a large
 * part of a large cluster's synthesis. Errors keep theirs.
 */
export function withoutTokenTraces(): void {
  const capture: typeof Error.captureStackTrace = Error.captureStackTrace.bind(Error);
  Error.captureStackTrace = (target, below) => {
    if (target instanceof Error) capture(target, below);
    else Object.assign(target, { stack: "" });
  };
}
