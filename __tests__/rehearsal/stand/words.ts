import { stripVTControlCharacters } from "node:util";

/** wordsOf what cdktf or the engine printed: no colours, frames, line breaks, nor a stack's name before its lines. */
export function wordsOf(output: string): string {
  return stripVTControlCharacters(output)
    .replace(/^\s*\S+-(identity|machines) {2,}/gm, "")
    .replace(/[\s│╷╵]+/g, " ");
}
