import type { Draft } from "../draft";
import { warning } from "../problem";
import type { Problem } from "../problem";

/** pins: what is downloaded is compared with a digest that stands in the repository. */
export function pins(drafts: readonly Draft[]): Problem[] {
  return drafts.flatMap((draft) => [...template(draft), ...rke2(draft)]);
}

function template(draft: Draft): Problem[] {
  const { kind, url, sha256 } = draft.source;
  if (sha256 !== undefined) return [];
  const key = kind === "iso" ? "iso" : "cloudImage";
  return [
    warning("template/unpinned", [draft.at("template", key)], {
      found: `${url} has no digest`,
      why: "whatever the publisher's server sends becomes the disk of every machine",
      fix: `let ./slipway pin read the digest, and write ${key}: { url: …, sha256: … }`,
    }),
  ];
}

function rke2(draft: Draft): Problem[] {
  const { version, sha256 } = draft.input.rke2;
  if (sha256 !== undefined) return [];
  return [
    warning("rke2/unpinned", [draft.at("rke2")], {
      found: `${version} has no digest`,
      why: "it is compared with a list from the same server, so whoever changes one can change both",
      fix: "let ./slipway pin read the digest, and write it as rke2.sha256",
    }),
  ];
}
