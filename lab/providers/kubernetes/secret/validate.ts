import type { Problem } from "../../protocol/problem";
import type { Attributes } from "../../protocol/value";

/** validateSecret: a map is given once, and a revision belongs to a write-only map. */
export function validateSecret(config: Attributes): readonly Problem[] {
  return (["data", "binary_data"] as const).flatMap((map) => {
    const [open, secret, revision] = [
      config[map] ?? null,
      config[`${map}_wo`] ?? null,
      config[`${map}_wo_revision`] ?? null,
    ];
    return [
      ...(open !== null && secret !== null
        ? [
            {
              summary: "Conflicting configuration arguments",
              detail: `"${map}_wo": conflicts with ${map}`,
              path: [`${map}_wo`],
            },
          ]
        : []),
      ...(revision !== null && secret === null
        ? [
            {
              summary: "Missing required argument",
              detail: `"${map}_wo_revision": all of \`${map}_wo,${map}_wo_revision\` must be specified`,
              path: [`${map}_wo_revision`],
            },
          ]
        : []),
      ...(typeof revision === "number" && revision < 1
        ? [
            {
              summary: `expected ${map}_wo_revision to be at least (1), got ${revision}`,
              detail: "",
              path: [`${map}_wo_revision`],
            },
          ]
        : []),
    ];
  });
}
