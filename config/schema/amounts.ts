import type { Amount } from "../model/services";
import { parseDuration } from "../units";
import type { Duration, Milliseconds } from "../units";
import { written } from "./literals";

/** duration: a whole number and its unit: `500ms`, `10s`, `5m`, `2h`, `365d`. */
export const duration = written<Duration, Milliseconds>(parseDuration, (found) => ({
  code: "units/duration",
  why: "a duration is a whole number and ms, s, m, h or d",
  fix: `write "${durationLike(found)}"`,
})).meta({
  description: "a duration in `ms`, `s`, `m`, `h` or `d`, such as `10s`",
  problems: ["units/duration"],
});

/** percent of requests: `25%`. */
export const percent = written<`${number}%`, number>(
  (text) => (isPercent(text) ? Number(text.slice(0, -1)) : undefined),
  (found) => ({
    code: "units/percent",
    why: "a share is a whole number from 0 to 100 and a percent sign",
    fix: `write "${Math.min(100, Number(/\d+/.exec(String(found))?.[0] ?? 10))}%"`,
  }),
).meta({ description: "a share from `0%` to `100%`", problems: ["units/percent"] });

/** amount of pods: a number of them, or a share such as `25%`. */
export const amount = written<Amount, Amount>(
  (text) => {
    if (isPercent(text)) return text;
    return /^\d+$/.test(text) ? Number(text) : undefined;
  },
  () => ({
    code: "units/amount",
    why: "an amount of pods is a whole number, or a share of them with a percent sign",
    fix: 'write 1, or "25%"',
  }),
).meta({ description: "a number of pods, or a share of them such as `25%`", problems: ["units/amount"] });

/** cpu: cores, or thousandths of one with an m, as Kubernetes writes it; read as thousandths. */
export const cpu = written<number | `${number}m`, number>(
  (text) => {
    const [, amount, unit] = /^(\d+(?:\.\d+)?)(m?)$/.exec(text) ?? [];
    const thousandths = Math.round(Number(amount) * (unit === "m" ? 1 : 1000));
    return thousandths > 0 ? thousandths : undefined;
  },
  () => ({
    code: "units/cpu",
    why: "processor time is a number of cores, or thousandths of one with an m",
    fix: 'write it like "250m"',
  }),
).meta({ description: "a number of cores, or thousandths of one such as `250m`", problems: ["units/cpu"] });

function isPercent(text: string): text is `${number}%` {
  return /^(0|[1-9]\d?|100)%$/.test(text);
}

/** durationLike: the nearest duration to what was written; a number without a unit is seconds. */
function durationLike(found: unknown): Duration {
  const [, digits = "10", unit = "s"] = /^\s*(\d+)[\d.]*\s*(ms|[smhd])?/i.exec(String(found)) ?? [];
  return `${Number(digits)}${unitNamed(unit.toLowerCase())}`;
}

function unitNamed(text: string): "ms" | "s" | "m" | "h" | "d" {
  return (["ms", "m", "h", "d"] as const).find((unit) => unit === text) ?? "s";
}
