/** unwrapped text of the engine, which breaks long messages into lines and frames them. */
export function unwrapped(output: string): string {
  return output.replace(/[\s│╷╵]+/g, " ");
}
