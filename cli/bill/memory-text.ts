import { mib, printMiB } from "../../config/units";

/** memoryText of a sum in MiB, which may be nothing. */
export function memoryText(sum: number): string {
  return sum === 0 ? "0" : printMiB(mib(sum));
}
