/** engineError is what was printed from the first error on; all of it where nothing is called an error. */
export function engineError(output: string): string {
  const start = output.search(/^.*Error: /m);
  return (start < 0 ? output : output.slice(start)).trim().split("\n").slice(0, 80).join("\n");
}
