import type { Problem } from "../../protocol/problem";
import { isAttributes, isList, type Attributes } from "../../protocol/value";
import { milliseconds } from "../duration";
import { bare } from "../json-value";
import { blocksOf } from "../records";
import { operations, timeoutOf } from "./settings";

/** validateManifest finds what is wrong before the API is asked. */
export function validateManifest(config: Attributes): readonly Problem[] {
  return [...manifestProblems(config), ...timeoutProblems(config), ...waitProblems(config)];
}

function manifestProblems(config: Attributes): readonly Problem[] {
  const manifest = bare(config["manifest"] ?? null);
  if (!isAttributes(manifest)) return [];
  const missing = ["apiVersion", "kind", "metadata"].filter((key) => !(key in manifest));
  return [
    ...missing.map((key) => ({
      summary: 'Attribute key missing from "manifest" value',
      detail: `'${key}' attribute key is missing from manifest configuration`,
      path: ["manifest"],
    })),
    ...("status" in manifest
      ? [
          {
            summary: 'Forbidden attribute key in "manifest" value',
            detail: "'status' attribute key is not allowed in manifest configuration",
            path: ["manifest", "status"],
          },
        ]
      : []),
  ];
}

function timeoutProblems(config: Attributes): readonly Problem[] {
  return operations.flatMap((operation) => {
    const given = timeoutOf(config, operation);
    if (milliseconds(given) !== undefined) return [];
    const detail = `time: invalid duration ${JSON.stringify(given)}`;
    return [
      { summary: `Error parsing timeout for "${operation}"`, detail, path: ["timeouts", 0, operation] },
    ];
  });
}

function waitProblems(config: Attributes): readonly Problem[] {
  const [wait = {}] = blocksOf(config["wait"]);
  const set = Object.entries(wait).filter(
    ([, value]) => value !== null && !(isList(value) && value.length === 0),
  );
  if (set.length < 2) return [];
  const names = set.map(([name]) => `"${name}"`).join(", ");
  return [
    { summary: "Invalid wait configuration", detail: `You may only set one of ${names}.`, path: ["wait"] },
  ];
}
