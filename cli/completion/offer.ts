import type { Argument, Option } from "commander";

/** Offer of TAB for the word that is being written. */
export type Offer =
  /** words that may stand there; with more to write behind them, as `name=`, no space follows. */
  | { readonly kind: "words" | "beginnings"; readonly words: readonly Word[] }
  /** files whose names end in `.<ending>`, or all of them. */
  | { readonly kind: "files"; readonly ending?: string };

export interface Word {
  readonly text: string;
  readonly about?: string;
}

/** Given, the options before it on the line, by name, as they were typed. */
export type Given = ReadonlyMap<string, string>;

/** Offering, from what stands before on the line and the beginning that is written already. */
export type Offering = (given: Given, written: string) => Offer | Promise<Offer>;

const offerings = new WeakMap<Option | Argument, Offering>();

/** offering says what TAB offers for an option's value or an argument; its choices need no saying. */
export function offering<Of extends Option | Argument>(of: Of, offers: Offering): Of {
  offerings.set(of, offers);
  return of;
}

/** offerOf an option's value or an argument. */
export async function offerOf(of: Option | Argument, given: Given, written: string): Promise<Offer> {
  const offers = offerings.get(of);
  return offers === undefined
    ? { kind: "words", words: (of.argChoices ?? []).map((text) => ({ text })) }
    : offers(given, written);
}

/** offersFiles with an ending, or any. */
export function offersFiles(ending?: string): Offering {
  return () => ({ kind: "files", ...(ending === undefined ? {} : { ending }) });
}
