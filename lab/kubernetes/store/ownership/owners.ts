import type { JsonObject } from "../../contract";
import { isObject, sameJson } from "../../json";
import { ApiProblem } from "../problem";
import { changedFields, fieldsOf, read, shownPath, valueAt } from "./fields";
import type { Shape } from "./shape";

/** Owner is one manager of an object's fields, as an entry of metadata.managedFields. */
export interface Owner {
  readonly manager: string;
  readonly operation: "Apply" | "Update";
  readonly apiVersion: string;
  readonly time: string;
  readonly fields: ReadonlySet<string>;
}

export type Owners = readonly Owner[];

/** afterUpdate: who writes a field owns it, and nobody owns what is gone. */
export function afterUpdate(
  owners: Owners,
  writer: Omit<Owner, "operation" | "fields">,
  before: JsonObject,
  after: JsonObject,
  shape: Shape,
): Owners {
  const changed = changedFields(before, after, shape);
  const present = fieldsOf(after, shape);
  const mine = (owner: Owner): boolean => owner.manager === writer.manager && owner.operation === "Update";
  const former = owners.find(mine)?.fields ?? new Set<string>();
  const rest = owners
    .filter((owner) => !mine(owner))
    .map((owner) => ({
      ...owner,
      fields: kept(owner.fields, (path) => present.has(path) && !changed.has(path)),
    }));
  const fields = kept(new Set([...former, ...changed]), (path) => present.has(path));
  return [...rest, { ...writer, operation: "Update" as const, fields }].filter(
    ({ fields: own }) => own.size > 0,
  );
}

/** afterApply: the manager owns what it applied and nothing else; with force, others lose what it changed. */
export function afterApply(
  owners: Owners,
  writer: Omit<Owner, "operation" | "fields">,
  fields: ReadonlySet<string>,
  conflicts: readonly Conflict[],
): Owners {
  const lost = new Set(conflicts.map(({ path }) => path));
  const rest = owners
    .filter((owner) => !isApplier(owner, writer.manager))
    .map((owner) => ({ ...owner, fields: kept(owner.fields, (path) => !lost.has(path)) }));
  return [...rest, { ...writer, operation: "Apply" as const, fields }].filter(
    ({ fields: own }) => own.size > 0,
  );
}

export interface Conflict {
  readonly path: string;
  readonly owner: Owner;
}

/** conflictsOf an applied object with other managers who own one of its fields with another value. */
export function conflictsOf(
  owners: Owners,
  manager: string,
  live: JsonObject,
  applied: JsonObject,
  shape: Shape,
): readonly Conflict[] {
  const others = owners.filter((owner) => !isApplier(owner, manager));
  return [...fieldsOf(applied, shape)].flatMap((path) => {
    const steps = read(path);
    const value = valueAt(applied, steps, shape);
    const isItem = /^[kv]:/.test(steps.at(-1) ?? "") && isObject(value);
    if (isItem || sameJson(value, valueAt(live, steps, shape))) return [];
    return others.filter((owner) => owner.fields.has(path)).map((owner) => ({ path, owner }));
  });
}

/** conflictProblem is the API server's answer to an apply without force (apimachinery: managedfields/conflict). */
export function conflictProblem(conflicts: readonly Conflict[]): ApiProblem {
  const by = (owner: Owner): string => `"${owner.manager}" using ${owner.apiVersion}`;
  const names = [...new Set(conflicts.map(({ owner }) => by(owner)))].sort();
  const paths = (name: string): string[] =>
    conflicts.filter(({ owner }) => by(owner) === name).map(({ path }) => shownPath(path));
  const [only] = conflicts;
  const text =
    conflicts.length === 1 && only !== undefined
      ? `1 conflict: conflict with ${by(only.owner)}: ${shownPath(only.path)}`
      : `${conflicts.length} conflicts: ${names
          .map((name) => `conflicts with ${name}:\n- ${paths(name).join("\n- ")}`)
          .join("\n")}`;
  return new ApiProblem(409, "Conflict", `Apply failed with ${text}`, {
    causes: conflicts.map(({ path, owner }) => ({
      reason: "FieldManagerConflict",
      message: `conflict with ${by(owner)}`,
      field: shownPath(path),
    })),
  });
}

export function isApplier(owner: Owner, manager: string): boolean {
  return owner.manager === manager && owner.operation === "Apply";
}

/** managedFields as an object's metadata shows them. */
export function managedFields(owners: Owners): readonly JsonObject[] {
  return owners.map(({ manager, operation, apiVersion, time, fields }) => ({
    manager,
    operation,
    apiVersion,
    time,
    fieldsType: "FieldsV1",
    fieldsV1: tree([...fields].map(read)),
  }));
}

function tree(paths: readonly (readonly string[])[]): JsonObject {
  const steps = new Map<string, (readonly string[])[]>();
  for (const [step, ...rest] of paths) {
    if (step === undefined) continue;
    const inner = steps.get(step) ?? [];
    steps.set(step, inner);
    inner.push(rest);
  }
  return Object.fromEntries(
    [...steps].map(([step, inner]) => {
      const isMember = inner.some((rest) => rest.length === 0) && inner.length > 1;
      return [step, { ...(isMember ? { ".": {} } : {}), ...tree(inner) }];
    }),
  );
}

function kept(fields: ReadonlySet<string>, keep: (path: string) => boolean): ReadonlySet<string> {
  return new Set([...fields].filter(keep));
}
