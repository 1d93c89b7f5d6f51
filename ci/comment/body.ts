import { refusal } from "../../cli/review/report";
import type { Discussion } from "./discussion";

/** marker, the line that a comment of ours begins with; nobody sees it. */
export const marker = "<!-- slipway: plan -->";

/** bodyOf the comment: the report first, as much of it as a comment holds, then what it is a report of. */
export function bodyOf(
  report: string,
  status: number,
  { limit, commit, log }: Pick<Discussion, "limit" | "commit" | "log">,
): string {
  const source = `\`${commit.slice(0, 12)}\`, [the job's log](${log})`;
  if (status !== 0 && status !== refusal) {
    return `${marker}\n**There is no plan**: the job failed before it had one, and its log says why.\n\n${source}\n`;
  }
  const foot = `\n${status === refusal ? refused : ""}Plan of ${source}\n`;
  const room = limit - marker.length - foot.length - 2;
  return `${marker}\n${report.length <= room ? report : shortened(report, room)}${foot}`;
}

const refused =
  "**A guard refuses: this job fails, and a deploy would too.** What you know better goes into a commit's message, " +
  "as a line of its own: `Slipway-Allow: <guard>=<reason>`\n\n";

const cut = "\n**Shortened**: the report is longer than a comment may be. The whole is in the job's log.\n";
const closing = "```\n\n</details>\n";

/** shortened at the end of a line; what was open there is closed. */
function shortened(report: string, room: number): string {
  const end = report.lastIndexOf("\n", room - cut.length - closing.length - 1) + 1;
  const kept = report.slice(0, end);
  const isFenced = kept.split("\n").filter((line) => line === "```").length % 2 === 1;
  return `${kept}${isFenced ? closing : ""}${cut}`;
}
