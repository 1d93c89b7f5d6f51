import { capabilities, engineNames } from "../../config/capabilities";
import type { CapabilityRow, Cell } from "../../config/capabilities/cell";

/** enginesPage, docs/reference/engines.md: what each ingress engine does for a route, and why it cannot do the rest. */
export function enginesPage(): string {
  const rows = Object.values(capabilities);
  return `# What each ingress engine can do

Made from \`config/capabilities\` by \`npm run docs\`; the rules refuse by the same data. \`ingress.controller\` chooses the
engine; for \`gateway-api\`, \`ingress.carriedBy\` says who carries it. A cell names the engine's own field. A dash is a
gap: a route that asks for it is refused, and the list below says why.

${table(["in cluster.ts", "", ...engineNames], rows.map(rowOf))}

## Gaps

${engineNames.map((engine) => gapsOf(engine, rows)).join("\n\n")}
`;
}

function rowOf({ field, title, engines }: CapabilityRow): string[] {
  return [`\`${field}\``, title, ...engineNames.map((engine) => cellText(engines[engine]))];
}

function cellText(cell: Cell): string {
  return typeof cell === "string" ? cell.replaceAll("|", "\\|") : "–";
}

function gapsOf(engine: (typeof engineNames)[number], rows: readonly CapabilityRow[]): string {
  const gaps = rows.flatMap(({ title, engines }) => {
    const cell = engines[engine];
    return typeof cell === "string" ? [] : [`- ${title}: ${cell.gap}.`];
  });
  return [`### ${engine}`, "", ...(gaps.length === 0 ? ["None."] : gaps)].join("\n");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
