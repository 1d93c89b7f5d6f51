import { z } from "zod";
import type { Finished } from "../../../../lab/engine/run";

export interface Outcome {
  readonly code: number | undefined;
  /** changes planned, by address; what stays as it is does not appear. */
  readonly changes: Readonly<Record<string, string>>;
  /** errors with their details, each on one line. */
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
  readonly output: string;
}

/** outcomeOf reads what `-json` prints. */
export function outcomeOf({ code, output }: Finished): Outcome {
  const messages = output.split("\n").flatMap((line) => (line.startsWith("{") ? [message(line)] : []));
  const told = (severity: string): string[] =>
    messages.flatMap(({ diagnostic: found }) =>
      found?.severity === severity
        ? [`${found.summary} ${found.detail ?? ""}`.replace(/\s+/g, " ").trim()]
        : [],
    );
  const planned = messages.flatMap(({ type, change }) =>
    type === "planned_change" && change !== undefined ? [[change.resource.addr, change.action] as const] : [],
  );
  return {
    code,
    changes: Object.fromEntries(planned),
    errors: told("error"),
    warnings: told("warning"),
    output,
  };
}

const message = (line: string): z.infer<typeof messageSchema> => messageSchema.parse(JSON.parse(line));

const messageSchema = z.object({
  type: z.string(),
  change: z.object({ resource: z.object({ addr: z.string() }), action: z.string() }).optional(),
  diagnostic: z
    .object({ severity: z.string(), summary: z.string(), detail: z.string().optional() })
    .optional(),
});
