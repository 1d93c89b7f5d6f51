import type { Draft } from "../draft";
import { error, warning } from "../problem";
import type { Problem } from "../problem";

/** artifacts: what a machine runs as root was not changed on its way. */
export function artifacts(drafts: readonly Draft[]): Problem[] {
  return drafts.flatMap((draft) => {
    const { artifacts: written, sha256 } = draft.input.rke2;
    if (written === undefined || !written.from.startsWith("http:")) return [];
    const from = draft.at("rke2", "artifacts", "from");
    const found = `"${written.from}"`;
    if (sha256 === undefined) {
      return [
        error("rke2/artifacts-unverified", [from, draft.at("rke2", "sha256")], {
          found: `${found} without rke2.sha256`,
          why: "the checksums come over the same open line: whoever is on the way decides what every machine runs",
          fix: "write the release's digest as rke2.sha256, or an https:// address",
        }),
      ];
    }
    return written.images === false ? [] : [imagesUnverified(draft, found)];
  });
}

/** imagesUnverified: rke2.sha256 is of the program alone. */
function imagesUnverified(draft: Draft, found: string): Problem {
  return warning(
    "rke2/images-unverified",
    [draft.at("rke2", "artifacts", "from"), draft.at("rke2", "artifacts", "images")],
    {
      found: `archives of images from ${found}`,
      why: "rke2.sha256 is of the program alone, and the archives' checksums come over the same open line",
      fix: "write an https:// address, or set rke2.artifacts.images to false and mirror the images",
    },
  );
}
