import { differing, isList, isObject, listAt, valueAt } from "../../review/json";
import type { Json } from "../../review/json";
import { masked } from "../../review/mask";

/**
 * stored plan: what `show -json` printed, as it may lie in a repository: without secrets, and without what a review does
 * not read. Long texts, and what each run of the providers makes anew, are numbers in the order of their appearance: what
 * changes still differs, and two recordings of one change are the same.
 */
export function stored(plan: Json): Json {
  const bare = masked(plan);
  const named = names();
  return shortened(named, {
    format_version: valueAt(bare, "format_version") ?? "",
    terraform_version: valueAt(bare, "terraform_version") ?? "",
    resource_changes: listAt(bare, "resource_changes").filter(isManaged).map(changeOf),
    resource_drift: listAt(bare, "resource_drift").filter(isManaged).map(driftOf),
    output_changes: outputsOf(valueAt(bare, "output_changes")),
    planned_values: {
      root_module: {
        resources: listAt(bare, "planned_values", "root_module", "resources")
          .filter(isManaged)
          .map(resourceOf),
      },
    },
  });
}

function isManaged(entry: Json): boolean {
  return valueAt(entry, "mode") === "managed";
}

function changeOf(entry: Json): Json {
  const isIdle = valueAt(entry, "change", "actions", 0) === "no-op";
  const change = isIdle ? { actions: ["no-op"] } : kept(valueAt(entry, "change"), lookedAtInChange);
  return { ...kept(entry, identity), change };
}

/** driftOf a resource: the fields that differ, and no other. */
function driftOf(entry: Json): Json {
  const change = valueAt(entry, "change");
  const [before, after] = [valueAt(change, "before"), valueAt(change, "after")];
  const fields = differing(before, after);
  return {
    ...kept(entry, identity),
    change: { ...kept(change, ["actions"]), before: kept(before, fields), after: kept(after, fields) },
  };
}

function resourceOf(entry: Json): Json {
  return { ...kept(entry, identity), values: kept(valueAt(entry, "values"), lookedAt) };
}

function outputsOf(outputs: Json | undefined): Json {
  if (!isObject(outputs)) return {};
  return Object.fromEntries(
    Object.entries(outputs).map(([name, output]) => [name, { actions: valueAt(output, "actions") ?? [] }]),
  );
}

const identity = ["address", "mode", "type", "name"];

const lookedAtInChange = ["actions", "before", "after", "replace_paths"];

/** lookedAt: the values of resources that stay which a review asks for. */
const lookedAt = ["tags", "template", "clone", "vm_id", "forward_host", "domain_names"];

function kept(value: Json | undefined, fields: readonly string[]): { [key: string]: Json } {
  if (!isObject(value)) return {};
  return Object.fromEntries(Object.entries(value).filter(([field]) => fields.includes(field)));
}

function shortened(named: Named, value: Json): Json {
  if (typeof value === "string") return told(named, value);
  if (isList(value)) return value.map((entry) => shortened(named, entry));
  if (!isObject(value)) return value;
  const said = Object.entries(value).filter(([key, entry]) => !isEmpty(entry) && !clocks.includes(key));
  return Object.fromEntries(said.map(([key, entry]) => [key, shortened(named, entry)]));
}

/** clocks, which tell when a recording was made. */
const clocks = ["created_on", "modified_on", "validity_start_time", "validity_end_time"];

function told(named: Named, text: string): string {
  if (text.length > 300) return `(${named("text", text)})`;
  if (/^\d{12,}$/.test(text)) return `(${named("id", text)})`;
  return text.includes("-----BEGIN ") ? `(${named("key", text)})` : text;
}

/** Named: the number of a text among those of its kind, the same for the same text. */
type Named = (kind: string, text: string) => string;

function names(): Named {
  const seen = new Map<string, Map<string, number>>();
  return (kind, text) => {
    const own = seen.get(kind) ?? new Map<string, number>();
    seen.set(kind, own);
    const number = own.get(text) ?? own.size + 1;
    own.set(text, number);
    return `${kind} ${number}`;
  };
}

function isEmpty(value: Json): boolean {
  return value === null || value === "" || (isList(value) && value.length === 0);
}
