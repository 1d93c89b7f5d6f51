import type { Json } from "../../contract";
import { scalar } from "../../json";

/** portionOf total that a number or a percentage says, rounded as the field's own controller does. */
export function portionOf(said: Json | undefined, total: number, round: (value: number) => number): number {
  const text = scalar(said) ?? "0";
  const percent = /^(\d+)%$/.exec(text)?.[1];
  return percent === undefined ? Number(text) : round((Number(percent) / 100) * total);
}
