/** Reading of one thing that an API was asked for. */
export type Reading<T> = { readonly kind: "read"; readonly value: T } | Refused | Silent;

export interface Refused {
  readonly kind: "refused";
  readonly status: number;
  /** says, the API's own words; "" = none. */
  readonly says: string;
}

/** Silent: nobody answered. */
export interface Silent {
  readonly kind: "silent";
  /** code, curl's exit status; undefined where it could not be run. */
  readonly code: number | undefined;
  readonly says: string;
}

/** failureOf a reading, in a few words. */
export function failureOf(reading: Refused | Silent): string {
  if (reading.kind === "silent") return reading.says;
  return `HTTP ${reading.status}${reading.says === "" ? "" : `, ${reading.says}`}`;
}
