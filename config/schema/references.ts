import { z } from "zod";

/** Reference is the name of another entry of the file. The compiler knows by it which names are right; at run time it is text. */
export type Reference<To extends Referred> = string & { readonly refersTo?: To };

/** Weights: names of other entries, each with its share of 100. */
export type Weights<To extends Referred> = Readonly<Record<string, number>> & { readonly [shares]?: To };

/** Referred: what a name in the file can lead to. */
export type Referred = "service" | "certificate" | "issuer" | "secret" | "configMap" | "pool";

/** Names that a file declares, of each kind. */
export type Names = Readonly<Record<Referred, string>>;

/** Named is a literal with each reference in it narrowed to the names that there are. */
export type Named<T, N extends Names> = T extends string
  ? "refersTo" extends keyof T
    ? NoInfer<N[ReferredOf<T>]>
    : T
  : T extends readonly (infer Element)[]
    ? readonly Named<Element, N>[]
    : T extends object
      ? typeof shares extends keyof T
        ? { readonly [Name in NoInfer<N[SharedBy<T>]>]?: number }
        : { readonly [Field in keyof T]: Named<T[Field], N> }
      : T;

type ReferredOf<T> = T extends { readonly refersTo?: infer To extends Referred } ? To : never;
type SharedBy<T> = T extends { readonly [shares]?: infer To extends Referred } ? To : never;

declare const shares: unique symbol;

export function reference<To extends Referred>(): z.ZodType<string, Reference<To>> {
  return z.string();
}

export function weightsOf<To extends Referred>(): z.ZodType<Record<string, number>, Weights<To>> {
  return z.record(z.string(), z.int().min(0).max(100));
}
