import type { Json } from "../../../kubernetes/contract";
import { isAttributes, isList, sameValue, UNKNOWN, type Attributes, type Value } from "../../protocol/value";
import { writtenPath, type FieldPath } from "../field-path";
import { jsonOf } from "../json-value";
import { recordOf } from "../records";

/**
 * Expectation is what an apply plans for a field: a value, nothing (null), whatever the API says (UNKNOWN), or fields
 * of its own. The provider sends it, and Terraform holds the result against it.
 */
export type Expectation =
  string | number | boolean | null | typeof UNKNOWN | readonly Expectation[] | ExpectedFields;

export class ExpectedFields {
  constructor(
    readonly fields: Readonly<Record<string, Expectation>>,
    /** open: the API may add fields. */
    readonly open: boolean,
  ) {}
}

export interface Manifests {
  readonly now: Attributes;
  /** was and before, the manifest and the object of the prior state; absent = the object is to be created. */
  readonly was?: Attributes;
  readonly before?: Attributes;
}

/**
 * expectationOf an object, as the provider plans it: fields of the manifest as they stand there; on an update, every
 * other field as it is, even one that is absent. So an update sends, owns and expects what the API had defaulted.
 * @see https://github.com/hashicorp/terraform-provider-kubernetes/blob/v2.38.0/manifest/provider/plan.go
 */
export function expectationOf({ now, was, before }: Manifests, computed: readonly FieldPath[]): Expectation {
  const isComputed = new Set(computed.map(writtenPath));
  return expected({ now, was, before, isNew: before === undefined, path: [], isComputed });
}

interface Place {
  readonly now: Value | undefined;
  readonly was: Value | undefined;
  readonly before: Value | undefined;
  /** isNew: there was nothing at this place before, not even a field without a value. */
  readonly isNew: boolean;
  readonly path: FieldPath;
  readonly isComputed: ReadonlySet<string>;
}

function expected(place: Place): Expectation {
  const { was, before, isNew, path, isComputed } = place;
  const now = place.now ?? undefined;
  if (isComputed.has(writtenPath(path)) && now !== undefined)
    return isNew || before === undefined || !sameValue(was ?? null, now) ? UNKNOWN : kept(before);
  if (now === undefined) {
    if (isNew) return UNKNOWN;
    if ((was ?? null) === null) return kept(before ?? null);
    return isAttributes(was ?? null) && !isMap(path) ? fieldsOf(place, {}) : UNKNOWN;
  }
  if (isList(now)) return now.map((item, index) => expected(elementOf(place, item, index)));
  return isAttributes(now) ? fieldsOf(place, now) : scalar(now);
}

function fieldsOf(place: Place, now: Attributes): ExpectedFields {
  const was = recordOf(place.was);
  const before = recordOf(place.before);
  const names = isMap(place.path)
    ? Object.keys(now)
    : [...new Set([...Object.keys(now), ...Object.keys(was), ...Object.keys(before)])];
  const fields = names.map((name): [string, Expectation] => [
    name,
    expected({ ...place, now: now[name], was: was[name], before: before[name], path: [...place.path, name] }),
  ]);
  return new ExpectedFields(Object.fromEntries(fields), place.isNew && !isMap(place.path));
}

function elementOf(place: Place, now: Value, index: number): Place {
  const was = isList(place.was ?? null) ? place.was : [];
  const before = isList(place.before ?? null) ? place.before : [];
  const earlier = itemAt(before, index);
  return {
    ...place,
    now,
    was: itemAt(was, index),
    before: earlier,
    isNew: place.isNew || earlier === undefined,
    path: [...place.path, index],
  };
}

/** kept: as it is, to the letter. */
function kept(before: Value): Expectation {
  if (isList(before)) return before.map(kept);
  if (!isAttributes(before)) return scalar(before);
  const fields = Object.entries(before).map(([name, item]): [string, Expectation] => [name, kept(item)]);
  return new ExpectedFields(Object.fromEntries(fields), false);
}

function scalar(value: Value): Expectation {
  if (typeof value === "object" && value !== null) throw new Error("A list or an object is no scalar.");
  return value;
}

/** payloadOf is what is sent: what is expected, and of computed fields what the manifest says. */
export function payloadOf(expectation: Expectation, now: Value | undefined): Json | undefined {
  if (expectation === UNKNOWN) return now === undefined || now === null ? undefined : jsonOf(now);
  if (expectation instanceof ExpectedFields) {
    const given = recordOf(now);
    const fields = Object.entries(expectation.fields).flatMap(([name, field]) => {
      const sent = payloadOf(field, given[name]);
      return sent === undefined ? [] : [[name, sent] as const];
    });
    return fields.length === 0 && now === undefined ? undefined : Object.fromEntries(fields);
  }
  if (typeof expectation === "object" && expectation !== null)
    return expectation.flatMap((item, index) => payloadOf(item, itemAt(now, index)) ?? []);
  return expectation ?? undefined;
}

/** isMap: fields whose keys anybody chooses; the API's schema calls them maps, and no key may be added to one. */
export function isMap(path: FieldPath): boolean {
  const name = path.at(-1);
  return typeof name === "string" && maps.includes(name);
}

const maps: readonly string[] = [
  "labels",
  "annotations",
  "matchLabels",
  "nodeSelector",
  "limits",
  "requests",
  "data",
  "binaryData",
];

function itemAt(value: Value | undefined, index: number): Value | undefined {
  const given = value ?? null;
  return isList(given) ? given[index] : undefined;
}
