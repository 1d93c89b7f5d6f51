import type { JsonObject } from "../../kubernetes/contract";
import { ChartRefusal } from "../chart";
import type { TraefikValues } from "./values";

/** goLimits tells Go's runtime what the container may use: all of the processor, nine tenths of the memory. */
export function goLimits({ limits }: TraefikValues["resources"]): JsonObject[] {
  return [
    ...(limits?.cpu === undefined
      ? []
      : [{ name: "GOMAXPROCS", valueFrom: { resourceFieldRef: { resource: "limits.cpu", divisor: "1" } } }]),
    ...(limits?.memory === undefined
      ? []
      : [{ name: "GOMEMLIMIT", value: `${Math.floor(mebibytes(String(limits.memory)) * 0.9)}MiB` }]),
  ];
}

const perMebibyte: Readonly<Record<string, number>> = { Ki: 1 / 1024, Mi: 1, Gi: 1024 };

function mebibytes(quantity: string): number {
  const [, number, unit] = /^(\d+)(Ki|Mi|Gi)$/.exec(quantity) ?? [];
  const factor = unit === undefined ? undefined : perMebibyte[unit];
  if (factor === undefined)
    throw new ChartRefusal(`values.resources.limits.memory: the lab reads Ki, Mi and Gi, not ${quantity}`);
  return Number(number) * factor;
}
