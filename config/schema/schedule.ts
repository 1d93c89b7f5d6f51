import { nearest } from "../nearest";
import { literal } from "./literals";

/**
 * schedule as cron has it: five fields, or a word for one.
 * @see https://pkg.go.dev/github.com/robfig/cron/v3, which RKE2 and Kubernetes read it with
 */
export const schedule = literal(
  (text) => (wordsForOne.includes(text) || faultOf(text) === undefined ? text : undefined),
  (text) => ({
    code: "units/schedule",
    why: faultOf(text) ?? "",
    fix: 'write it like "0 */6 * * *", which is every six hours',
  }),
).meta({
  description: "five fields as cron has them, or a word such as `@daily`",
  problems: ["units/schedule"],
});

/** timeZone as the tz database names it. */
export const timeZone = literal(
  (text) => (isTimeZone(text) ? text : undefined),
  (text) => ({
    code: "units/time-zone",
    why: "a time zone is called as in the tz database: a region and a city, or UTC",
    fix: `write "${nearest(text, Intl.supportedValuesOf("timeZone")) ?? "Europe/Berlin"}"`,
  }),
).meta({
  description: "a time zone of the tz database such as `Europe/Berlin`",
  problems: ["units/time-zone"],
});

const wordsForOne = ["@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"];

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

interface Field {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  /** words for the numbers from least on. */
  readonly words: readonly string[];
}

const fields: readonly Field[] = [
  { name: "minute", least: 0, most: 59, words: [] },
  { name: "hour", least: 0, most: 23, words: [] },
  { name: "day", least: 1, most: 31, words: [] },
  { name: "month", least: 1, most: 12, words: months },
  { name: "weekday", least: 0, most: 6, words: weekdays },
];

/** faultOf a schedule, the first; undefined = it has none. */
function faultOf(text: string): string | undefined {
  const written = text.split(" ");
  if (written.length !== fields.length || written.includes(""))
    return "a schedule is minute, hour, day, month and weekday with one space between";
  return fields
    .filter((field, index) => !(written[index] ?? "").split(",").every((part) => isPart(part, field)))
    .map(
      ({ name, least, most }) =>
        `the ${name} is ${least} to ${most}${name === "weekday" ? ", from Sunday on" : ""}; * is every one, */5 every fifth, 1-5 and 1,5 are several`,
    )[0];
}

/** isPart of a field: every value or a range of them, and in which steps. */
function isPart(part: string, field: Field): boolean {
  const [range = "", step = "1", ...rest] = part.split("/");
  if (rest.length > 0 || !/^[1-9]\d*$/.test(step)) return false;
  if (range === "*" || range === "?") return true;
  const [first = "", last = first, ...more] = range.split("-");
  const ends = [first, last].map((end) => numberOf(end, field));
  const [from = NaN, to = NaN] = ends;
  return more.length === 0 && field.least <= from && from <= to && to <= field.most;
}

function numberOf(text: string, { least, words }: Field): number {
  const position = words.indexOf(text.toLowerCase());
  if (position >= 0) return least + position;
  return /^\d+$/.test(text) ? Number(text) : NaN;
}

/** isTimeZone: Node knows it, by the spelling that machines know it by. */
function isTimeZone(text: string): boolean {
  if (!/^(UTC|GMT|[A-Z][A-Za-z]+(\/[A-Z][\w+-]*)+)$/.test(text)) return false;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: text }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
