import type { Json } from "../contract";
import { at, listAt, recordAt, scalar, textAt, textsAt } from "../json";
import { badRequest } from "./problem";

type Labels = Readonly<Record<string, string>>;

/** matchesSelector of a LabelSelector; an empty one matches everything. */
export function matchesSelector(selector: Json | undefined, labels: Labels): boolean {
  return (
    hasLabels(recordAt(selector, "matchLabels"), labels) &&
    listAt(selector, "matchExpressions").every((expression) => matchesExpression(expression, labels))
  );
}

/** hasLabels: every one of wanted is there, with its value. */
export function hasLabels(wanted: Labels, labels: Labels): boolean {
  return Object.entries(wanted).every(([key, value]) => labels[key] === value);
}

/** labelQuery reads the query parameter labelSelector: `app=web,tier in (a,b),!old`. */
export function labelQuery(text: string): (labels: Labels) => boolean {
  const terms = text.split(/,(?![^(]*\))/).filter((term) => term.trim() !== "");
  const tests = terms.map((term) => termOf(term.trim()));
  return (labels) => tests.every((test) => test(labels));
}

/** fieldQuery reads the query parameter fieldSelector: `metadata.name=web,status.phase!=Running`. */
export function fieldQuery(text: string): (object: Json) => boolean {
  const tests = text
    .split(",")
    .filter((term) => term !== "")
    .map((term) => {
      const [, path = "", operator = "", value = ""] = /^([\w.]+)(==|!=|=)(.*)$/.exec(term) ?? [];
      if (path === "") throw badRequest(`invalid field selector: ${JSON.stringify(term)}`);
      return (object: Json): boolean => {
        const found = at(object, ...path.split("."));
        const isSame = (scalar(found) ?? "") === value;
        return operator === "!=" ? !isSame : isSame;
      };
    });
  return (object) => tests.every((test) => test(object));
}

function matchesExpression(expression: Json, labels: Labels): boolean {
  const value = labels[textAt(expression, "key") ?? ""];
  const values = textsAt(expression, "values");
  switch (textAt(expression, "operator")) {
    case "In":
      return value !== undefined && values.includes(value);
    case "NotIn":
      return value === undefined || !values.includes(value);
    case "Exists":
      return value !== undefined;
    case "DoesNotExist":
      return value === undefined;
    case "Gt":
      return value !== undefined && Number(value) > Number(values[0]);
    case "Lt":
      return value !== undefined && Number(value) < Number(values[0]);
    default:
      return false;
  }
}

function termOf(term: string): (labels: Labels) => boolean {
  const [, key = "", operator = "", list = ""] = /^(\S+)\s+(in|notin)\s+\((.*)\)$/.exec(term) ?? [];
  if (operator !== "") {
    const values = list.split(",").map((value) => value.trim());
    const isOne = (labels: Labels): boolean => values.includes(labels[key] ?? "\0");
    return operator === "in" ? isOne : (labels) => !isOne(labels);
  }
  if (term.startsWith("!")) return (labels) => labels[term.slice(1)] === undefined;
  const [, name = "", sign = "", value = ""] = /^([^=!]+)(==|!=|=)(.*)$/.exec(term) ?? [];
  if (sign === "") return (labels) => labels[term] !== undefined;
  return sign === "!=" ? (labels) => labels[name] !== value : (labels) => labels[name] === value;
}
