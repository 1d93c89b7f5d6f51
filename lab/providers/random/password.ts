import { randomInt } from "node:crypto";
import { z } from "zod";
import { atLeast, invalid } from "../protocol/check";
import { ProviderError, type Problem } from "../protocol/problem";
import { unlessOnlyNulls } from "../protocol/replaces";
import type { Resource } from "../protocol/resource";
import { UNKNOWN, type Attributes, type Value } from "../protocol/value";

const minimums = ["min_upper", "min_lower", "min_numeric", "min_special"] as const;

export const randomPassword: Resource = {
  attributes: {
    keepers: { replaces: unlessOnlyNulls },
    length: { replaces: true, checks: [atLeast(1)] },
    special: { default: true, replaces: true },
    upper: { default: true, replaces: true },
    lower: { default: true, replaces: true },
    number: { replaces: true },
    numeric: { replaces: true },
    min_numeric: { default: 0, replaces: true },
    min_upper: { default: 0, replaces: true },
    min_lower: { default: 0, replaces: true },
    min_special: { default: 0, replaces: true },
    override_special: { replaces: (prior, planned) => !(prior === "" && planned === null) },
    result: { keeps: true },
    id: { keeps: true },
  },
  validate: (config) => [...tooShort(config), ...nothingToChooseFrom(config)],
  plan({ config, planned }) {
    const digits = digitsAllowed(config);
    return { planned: { ...planned, number: digits, numeric: digits }, replaces: [] };
  },
  create({ planned }) {
    return { ...planned, id: "none", result: password(settings.parse(planned)) };
  },
};

const settings = z.object({
  length: z.int(),
  upper: z.boolean(),
  lower: z.boolean(),
  numeric: z.boolean(),
  special: z.boolean(),
  min_upper: z.int(),
  min_lower: z.int(),
  min_numeric: z.int(),
  min_special: z.int(),
  override_special: z.string().nullable(),
});

function password(wanted: z.infer<typeof settings>): string {
  const sets = [
    { use: wanted.upper, least: wanted.min_upper, from: "ABCDEFGHIJKLMNOPQRSTUVWXYZ" },
    { use: wanted.lower, least: wanted.min_lower, from: "abcdefghijklmnopqrstuvwxyz" },
    { use: wanted.numeric, least: wanted.min_numeric, from: "0123456789" },
    {
      use: wanted.special,
      least: wanted.min_special,
      from: wanted.override_special || "!@#$%&*()-_=+[]{}<>:?",
    },
  ];
  const demanded = sets.flatMap(({ least, from }) => draw(from, least));
  const any = sets.map(({ use, from }) => (use ? from : "")).join("");
  return shuffled([...demanded, ...draw(any, wanted.length - demanded.length)]).join("");
}

function draw(from: string, count: number): string[] {
  return Array.from({ length: count }, () => from.charAt(randomInt(from.length)));
}

function shuffled(characters: readonly string[]): string[] {
  const left = [...characters];
  return characters.flatMap(() => left.splice(randomInt(left.length), 1));
}

/** digitsAllowed: numeric, or number, its deprecated name. */
function digitsAllowed(config: Attributes): Value {
  const number = config["number"] ?? null;
  const numeric = config["numeric"] ?? null;
  if (number !== null && numeric !== null && number !== numeric) {
    throw new ProviderError({
      summary: "Number and numeric are both configured with different values",
      detail: "Number is deprecated, use numeric instead",
      path: ["number"],
    });
  }
  return numeric ?? number ?? true;
}

function tooShort(config: Attributes): readonly Problem[] {
  const length = config["length"] ?? null;
  const sum = minimums.reduce((total, name) => total + (asNumber(config[name]) ?? NaN), 0);
  if (typeof length !== "number" || Number.isNaN(sum) || length >= sum) return [];
  const rule = `value must be at least sum of ${minimums.join(" + ")}`;
  return [invalid("Invalid Attribute Value", ["length"], rule, length)];
}

function asNumber(value: Value | undefined): number | undefined {
  return value === UNKNOWN ? undefined : typeof value === "number" ? value : 0;
}

function nothingToChooseFrom(config: Attributes): readonly Problem[] {
  const others = ["special", "upper", "lower"];
  return ["number", "numeric"]
    .filter((name) => [name, ...others].every((each) => config[each] === false))
    .map((name) => ({
      summary: "Invalid Attribute Combination",
      detail: `At least one attribute out of [${[...others, name].join(",")}] must be specified as true`,
      path: [name],
    }));
}
