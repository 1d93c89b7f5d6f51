import type { Offer } from "./offer";

/** printed for slipway.bash and slipway.zsh: the kind, then a line for each word, its description behind a tab. */
export function printed(offer: Offer): string {
  if (offer.kind === "files") return `files\t${offer.ending ?? ""}\n`;
  const words = offer.words.map(({ text, about = "" }) => `${text}\t${about}`);
  return [offer.kind, ...words].map((line) => `${line}\n`).join("");
}
