import { z } from "zod";
import { differing } from "./json";
import type { Json } from "./json";

/** Action of a plan on one resource; to replace is to destroy and to make again. */
export type Action = "create" | "update" | "replace" | "delete" | "forget";

/** Change of one resource as the engine plans it. */
export interface Change {
  /** plan, the name that the plan's file goes by: the stack's. */
  readonly plan: string;
  readonly address: string;
  readonly type: string;
  /** name, the address' last part. */
  readonly name: string;
  readonly action: Action;
  /** before and after; absent where the resource is not there. */
  readonly before?: Json;
  readonly after?: Json;
  /** forcedBy, the fields for which it is replaced; empty where it was asked for or is tainted. */
  readonly forcedBy: readonly string[];
}

/** Plan of one stack. */
export interface Plan {
  readonly name: string;
  readonly changes: readonly Change[];
  /** drifted: resources that were taken away or changed outside, as far as this plan undoes it, by their addresses. */
  readonly drifted: readonly string[];
  /** resources as they are planned to be, those that stay among them. */
  readonly planned: readonly Resource[];
  /** isChanging: there is something to apply, be it outputs alone. */
  readonly isChanging: boolean;
  /** unchanged, how many resources stay as they are. */
  readonly unchanged: number;
  /** source, the plan as it was read. */
  readonly source: Json;
}

export interface Resource {
  readonly address: string;
  readonly type: string;
  readonly name: string;
  readonly values: Json;
}

/** told by the proxy in front about its hosts, not asked of it: no change of it means anything. */
export const told: readonly string[] = ["created_on", "modified_on", "meta", "id", "owner_user_id"];

/** readPlan of `terraform show -json`; undefined = the text is no such plan. */
export function readPlan(name: string, text: string): Plan | undefined {
  const parsed = schema.safeParse(parsedJson(text));
  if (!parsed.success) return undefined;
  const {
    resource_changes: all,
    resource_drift: drift,
    planned_values: values,
    output_changes: outputs,
  } = parsed.data;
  const managed = all.filter(({ mode }) => mode === "managed");
  const changes = managed.flatMap((entry): Change[] => {
    const action = actionOf(entry.change.actions);
    if (action === undefined) return [];
    const { before, after, replace_paths: paths } = entry.change;
    return [
      {
        plan: name,
        address: entry.address,
        type: entry.type,
        name: entry.name,
        action,
        ...(before === null || before === undefined ? {} : { before }),
        ...(after === null || after === undefined ? {} : { after }),
        forcedBy: [...new Set(paths.map(([field]) => String(field)))],
      },
    ];
  });
  return {
    name,
    changes,
    drifted: drift
      .filter(({ mode, address, change: outside }) => {
        const own = changes.find((one) => one.address === address);
        if (mode !== "managed" || own === undefined) return false;
        const fields = differing(outside.before, outside.after).filter((field) => !told.includes(field));
        return (
          outside.actions.includes("delete") ||
          differing(own.before, own.after).some((field) => fields.includes(field))
        );
      })
      .map(({ address }) => address),
    planned: values.root_module.resources
      .filter(({ mode }) => mode === "managed")
      .map(({ address, type, name: last, values: of }) => ({ address, type, name: last, values: of ?? {} })),
    isChanging:
      changes.length > 0 || Object.values(outputs).some(({ actions }) => !actions.includes("no-op")),
    unchanged: managed.length - changes.length,
    source: parsed.data.whole,
  };
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function actionOf(actions: readonly string[]): Action | undefined {
  if (actions.includes("delete") && actions.includes("create")) return "replace";
  const known = ["create", "update", "delete", "forget"] as const;
  return known.find((action) => actions.includes(action));
}

const json = z.json();

const resource = z.object({ address: z.string(), mode: z.string(), type: z.string(), name: z.string() });

const change = resource.extend({
  change: z.object({
    actions: z.array(z.string()),
    before: json.optional(),
    after: json.optional(),
    replace_paths: z.array(z.array(z.union([z.string(), z.number()]))).default([]),
  }),
});

const schema = json.transform((whole, context) => {
  const read = z
    .object({
      format_version: z.string(),
      resource_changes: z.array(change).default([]),
      resource_drift: z.array(change).default([]),
      output_changes: z.record(z.string(), z.object({ actions: z.array(z.string()) })).default({}),
      planned_values: z
        .object({
          root_module: z
            .object({ resources: z.array(resource.extend({ values: json.optional() })).default([]) })
            .default({ resources: [] }),
        })
        .default({ root_module: { resources: [] } }),
    })
    .safeParse(whole);
  if (read.success) return { ...read.data, whole };
  context.addIssue("no plan");
  return z.NEVER;
});
