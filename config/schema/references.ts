import { z } from "zod";

/** Reference is the name of another entry of the file. The compiler knows by it which names are right; at run time it is text. */
export type Reference<To extends string> = string & { readonly refersTo?: To };

/** Weights: names of other entries, each with its share of 100. */
export type Weights<To extends string> = Readonly<Record<string, number>> & { readonly [shares]?: To };

declare const shares: unique symbol;

/** Referred: what a name in the file can lead to. */
export type Referred = "service" | "certificate" | "issuer" | "secret" | "configMap" | "pool";

export function reference<To extends Referred>(): z.ZodType<string, Reference<To>> {
  return z.string();
}

export function weightsOf<To extends Referred>(): z.ZodType<Record<string, number>, Weights<To>> {
  return z.record(z.string(), z.int().min(0).max(100));
}
