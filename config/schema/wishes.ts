import { optionWishAt } from "./option-wishes";
import { proxyWishAt } from "./proxy-wishes";
import { roleWishAt } from "./role-wishes";

/** Wish for a field that is not there: why, and what works instead. */
export interface Wish {
  readonly why: string;
  readonly fix: string;
  /** hidden: its value may be a secret, and is not repeated. */
  readonly hidden?: boolean;
}

/** wishAt an unknown field, where it is known what was meant. */
export function wishAt(path: readonly PropertyKey[], key: string): Wish | undefined {
  return proxyWishAt(path, key) ?? roleWishAt(path, key) ?? optionWishAt(path, key);
}
