import { z } from "zod";
import { error, printPlace } from "../problem";
import type { Place, Problem } from "../problem";
import { clusterSchema } from "../schema";
import type { ClusterInput } from "../schema";
import { didYouMean, listOf } from "../words";
import { fieldsAt, flattened, valueAt } from "./shape";
import type { Issue } from "./shape";
import { corrected, slipsIn } from "./slips";
import type { Field } from "./slips";
import { wishAt } from "./wishes";
import { repaired, standInAt, standIns } from "./stand-in";

/** ReadCluster is one literal after reading: what it says where it can be read, and what is wrong where it cannot. */
export interface ReadCluster {
  readonly at: (...keys: string[]) => Place;
  readonly problems: readonly Problem[];
  /** inputs: the same one twice, or, where something was misread, two with different values in its place. */
  readonly inputs?: readonly [ClusterInput, ClusterInput];
}

export function readCluster(literal: unknown, at: ReadCluster["at"]): ReadCluster {
  const slips = slipsIn(issuesOf(literal));
  const meant = corrected(literal, slips);
  const issues = issuesOf(meant);
  const problems = [
    ...slips.map((slip) => unknownField(slip, literal, at)),
    ...issues.flatMap((issue) => problemsOf(issue, meant, at)),
  ];
  const [one, other] = standIns.map((standIn) => readWith(standIn, meant));
  return one === undefined || other === undefined ? { at, problems } : { at, problems, inputs: [one, other] };
}

/** readWith stand-ins for what cannot be read; where there is none for a value, for what holds it. */
function readWith(
  standIn: object,
  literal: unknown,
  tried: ReadonlySet<string> = new Set(),
): ClusterInput | undefined {
  const { data, error: refused } = clusterSchema.safeParse(literal);
  if (refused === undefined) return data;
  const issues = flattened(refused.issues).map((issue) => ({ ...issue, path: untried(issue, tried) }));
  const now = new Set([...tried, ...issues.map(attempt)]);
  return now.size === tried.size ? undefined : readWith(standIn, repaired(literal, issues, standIn), now);
}

/** untried: the path of an issue, or the nearest one around it that nothing has stood in for. */
function untried(issue: Issue, tried: ReadonlySet<string>): PropertyKey[] {
  const path = [...issue.path];
  while (path.length > 0 && tried.has(attempt({ ...issue, path }))) path.pop();
  return path;
}

function attempt(issue: Issue): string {
  return JSON.stringify([issue.path, issue.code === "unrecognized_keys" ? issue.keys : []]);
}

function issuesOf(literal: unknown): Issue[] {
  return flattened(clusterSchema.safeParse(literal).error?.issues ?? []);
}

function unknownField({ path, key }: Field, literal: unknown, at: ReadCluster["at"]): Problem {
  const holder = printPlace({ cluster: 0, keys: keysOf(path) });
  const known = fieldsAt(clusterSchema, path, literal);
  const wish = wishAt(path, key);
  const place = at(...keysOf([...path, key]));
  const found = shownAt([...path, key], valueAt(literal, [...path, key]));
  if (wish !== undefined) {
    const { why, fix, hidden } = wish;
    return error("schema/unknown-field", [place], { found: hidden === true ? notRepeated : found, why, fix });
  }
  return error("schema/unknown-field", [place], {
    found,
    why: `${holder === "" ? "a cluster" : holder} has ${listOf(known)}`,
    fix: didYouMean(key, known) ?? "take it out",
  });
}

function problemsOf(issue: Issue, literal: unknown, at: ReadCluster["at"]): Problem[] {
  const keys = keysOf(issue.path);
  const value = valueAt(literal, issue.path);
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => unknownField({ path: issue.path, key }, literal, at));
  }
  const example = standInAt(standIns[0], issue.path);
  const name = keys.at(-1) ?? "the cluster";
  const such = example === undefined ? "take it out" : `write ${name}: ${exampleOf(example)}`;
  if (value === undefined) {
    return [
      error("schema/missing", [at(...keys)], {
        found: "is missing",
        why: "there is no default for it",
        fix:
          example === undefined
            ? `write ${name}`
            : `${such}${typeof example === "object" ? "" : ", with your own value"}`,
      }),
    ];
  }
  if (isSecret(example)) {
    const words = { found: notRepeated, why: "a secret never stands in the file", fix: such };
    return [error("schema/secret", [at(...keys)], words)];
  }
  return [error(...wordsOf(issue, [at(...keys)], shownAt(issue.path, value), such))];
}

/** keysOf a path: an element of a list is where the list is, unless the path goes on inside it. */
function keysOf(path: readonly PropertyKey[]): string[] {
  const last = path.findLastIndex((key) => typeof key !== "number");
  return path.slice(0, last + 1).map(String);
}

function wordsOf(
  issue: Issue,
  places: Problem["places"],
  found: string,
  such: string,
): Parameters<typeof error> {
  switch (issue.code) {
    case "custom": {
      const { code, why, fix } = mistake.parse(issue.params);
      return [code, places, { found, why, fix }];
    }
    case "invalid_value": {
      const known = issue.values.map(String);
      const fix = didYouMean(found.replaceAll('"', ""), known) ?? `choose one of them`;
      return ["schema/choice", places, { found, why: `it is one of ${listOf(known)}`, fix }];
    }
    case "too_small":
      return [
        "schema/bounds",
        places,
        { found, why: bound("at least", Number(issue.minimum), issue), fix: such },
      ];
    case "too_big":
      return [
        "schema/bounds",
        places,
        { found, why: bound("at most", Number(issue.maximum), issue), fix: such },
      ];
    case "invalid_format":
      return [
        "schema/format",
        places,
        { found, why: `it has to be ${kinds[issue.format] ?? issue.format}`, fix: such },
      ];
    case "invalid_type":
      return [
        "schema/type",
        places,
        { found, why: `it has to be ${kinds[issue.expected] ?? issue.expected}`, fix: such },
      ];
    default:
      return ["schema/type", places, { found, why: issue.message, fix: such }];
  }
}

const mistake = z.object({ code: z.string(), why: z.string(), fix: z.string() });

const kinds: Readonly<Record<string, string>> = {
  string: "text in quotes",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list, in brackets",
  object: "an object, in braces",
  url: "a URL that begins with http:// or https://",
  record: "an object, in braces",
};

function bound(
  limit: string,
  amount: number,
  issue: { origin: string; inclusive?: boolean | undefined },
): string {
  const least = issue.inclusive === false ? amount + 1 : amount;
  return issue.origin === "array" || issue.origin === "set"
    ? `it holds ${limit} ${least}`
    : `it is ${limit} ${least}`;
}

/** shownAt a path: where a secret or the name of its variable belongs, its value may stand, and is not repeated. */
function shownAt(path: readonly PropertyKey[], value: unknown): string {
  const secret = path[0] === "secrets" || path.some((key) => secretFields.test(String(key)));
  return secret ? notRepeated : shown(value);
}

const secretFields = /^(fromVariable|ca|auth|key)$|password|secret|token|accessKey/i;

/** isSecret: where the example names a variable, a secret is asked for. */
function isSecret(example: unknown): example is { readonly fromVariable: string } {
  return typeof example === "object" && example !== null && "fromVariable" in example;
}

/** exampleOf a value: a small object is shown whole, for it is what has to be written. */
function exampleOf(example: unknown): string {
  const fields =
    typeof example === "object" && example !== null && !Array.isArray(example) ? Object.entries(example) : [];
  const whole =
    fields.length > 0 && fields.length < 3 && fields.every(([, value]) => !shown(value).startsWith("{"));
  if (!whole) return shown(example);
  return `{ ${fields.map(([name, value]) => `${name}: ${shown(value)}`).join(", ")} }`;
}

const notRepeated = "a value that is not repeated here";

/** shown: a value as the operator wrote it, cut where it is long; the login in a URL is left out. */
function shown(value: unknown): string {
  if (value === undefined) return "undefined";
  if (typeof value === "function") return "a function";
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return "{ … }";
  const text = withoutLogin(JSON.stringify(value));
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

function withoutLogin(text: string): string {
  return text.includes("//")
    ? text.replace(/\/\/[^\s"]*@/, "//…@")
    : text.replace(/^"[^\s"]*:[^\s"]*@/, '"…@');
}
