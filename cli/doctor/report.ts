import { counted } from "../../config/words";
import { asJson } from "../json-option";
import type { Finding, Section } from "./finding";

/** isWell: nothing was found that would stop a deploy. What could not be checked may. */
export function isWell(sections: readonly Section[]): boolean {
  return countOf(sections, "problem") === 0;
}

export function jsonOf(file: string, sections: readonly Section[]): string {
  return asJson({ ok: isWell(sections), file, sections });
}

/** Tone in which the beginning of a line is shown. */
export type Tone = "good" | "bad" | "quiet";

/** textOf the report: a line for each finding, and below a problem why it is one and its fix. */
export function textOf(
  file: string,
  sections: readonly Section[],
  paint: (tone: Tone, text: string) => string,
): string {
  const blocks = sections.map(({ title, findings }) =>
    [title, ...findings.map((finding) => lineOf(finding, paint))].join("\n"),
  );
  return [`${file}: ${summaryOf(sections)}`, ...blocks].join("\n\n") + "\n";
}

function summaryOf(sections: readonly Section[]): string {
  const problems = countOf(sections, "problem");
  const skipped = countOf(sections, "not checked");
  return [
    problems === 0 ? "no problem" : counted(problems, "problem"),
    `${countOf(sections, "ok")} ok`,
    ...(skipped === 0 ? [] : [`${skipped} not checked`]),
  ].join(", ");
}

function countOf(sections: readonly Section[], result: Finding["result"]): number {
  return sections.flatMap(({ findings }) => findings).filter((finding) => finding.result === result).length;
}

const tones: Readonly<Record<Finding["result"], Tone>> = {
  ok: "good",
  note: "quiet",
  problem: "bad",
  "not checked": "quiet",
};

function lineOf(finding: Finding, paint: (tone: Tone, text: string) => string): string {
  const begin = `  ${paint(tones[finding.result], finding.result.padEnd("not checked".length))}  `;
  switch (finding.result) {
    case "ok":
    case "note":
      return begin + finding.says;
    case "not checked":
      return `${begin}${finding.what}: because ${finding.because}`;
    case "problem":
      return [
        `${begin}${finding.where}  ${finding.found}`,
        `    why  ${finding.why}`,
        `    fix  ${finding.fix}   ${paint("quiet", `(${finding.code})`)}`,
      ].join("\n");
  }
}
