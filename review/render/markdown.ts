import type { Json } from "../json";
import { differing, listAt, valueAt } from "../json";
import { masked } from "../mask";
import type { Change } from "../plan";
import type { Review } from "../review";
import { remarksOn, sectionsOf } from "./sections";
import type { Line, PlaceOf } from "./sections";

/** markdown of a review, for a pull request: five lines first, the raw changes folded. */
export function markdown(review: Review, placeOf: PlaceOf): string {
  const { headline, violations } = review;
  const lines = [
    `**${escaped(headline.verdict)}**`,
    `- **Machines**: ${escaped(headline.machines)}`,
    `- **Data**: ${escaped(headline.data)}`,
    `- **Reachability**: ${escaped(headline.reachability)}`,
    `- **Guards**: ${escaped(headline.guards)}`,
    ...violations.flatMap(({ guard, found, why, fix, accepted }) => [
      "",
      `> **${guard}**: ${escaped(found)}  `,
      `> why: ${escaped(why)}  `,
      accepted === undefined ? `> fix: ${escaped(fix)}` : `> accepted: ${escaped(accepted)}`,
    ]),
    ...sectionsOf(review, placeOf).flatMap(({ title, lines: own }) => [
      "",
      `### ${title}`,
      "",
      ...own.map(bullet),
    ]),
    "",
    ...remarksOn(review).map((remark) => `${escaped(remark)}  `),
    "",
    ...folded(review),
  ];
  return `${lines.join("\n")}\n`;
}

function bullet({ name, sentence, weight, place }: Line): string {
  const mark = { calm: "", look: "⚠️ ", harm: "🛑 " }[weight];
  return `- ${mark}**${escaped(name)}** ${escaped(sentence)}${place === undefined ? "" : ` (${code(place)})`}`;
}

/** folded: each change as the engine plans it, field by field, secrets masked. */
function folded({ plans }: Review): string[] {
  const changing = plans.filter(({ changes }) => changes.length > 0);
  const all = changing.flatMap(({ name, source, changes }) => {
    const known = new Map(
      listAt(masked(source), "resource_changes").map((entry) => [valueAt(entry, "address"), entry]),
    );
    return changes.map((change) => rawOf(name, change, valueAt(known.get(change.address), "change")));
  });
  if (all.length === 0) return [];
  return [
    "<details><summary>The plan, resource by resource</summary>",
    "",
    "```",
    ...all.flat(),
    "```",
    "",
    "</details>",
  ];
}

function rawOf(plan: string, { address, action }: Change, change: Json | undefined): string[] {
  const [before, after] = [valueAt(change, "before"), valueAt(change, "after")];
  const fields = action === "update" || action === "replace" ? differing(before, after) : [];
  return [
    `${action.padEnd(8)}${plan}: ${address}`,
    ...fields.map(
      (field) => `          ${field}: ${shown(valueAt(before, field))} -> ${shown(valueAt(after, field))}`,
    ),
  ];
}

function shown(value: Json | undefined): string {
  if (value === undefined) return "(known after apply)";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  const line = text.replaceAll("\n", "\\n").replaceAll("```", "'''");
  return line.length > 160 ? `${line.slice(0, 159)}…` : line;
}

function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]<>|#]/g, (sign) => `\\${sign}`);
}

function code(text: string): string {
  return `\`${text.replaceAll("`", "'")}\``;
}
