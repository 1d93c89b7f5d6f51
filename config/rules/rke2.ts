import { rke2Releases } from "../../versions";
import type { Draft } from "../draft";
import { error, warning } from "../problem";
import type { Problem } from "../problem";
import { listOf } from "../words";

/** rke2: the version exists, is supported, and still has what the cluster asks of it. */
export function rke2(drafts: readonly Draft[]): Problem[] {
  return drafts.flatMap((draft) => [...version(draft), ...ingressNginx(draft)]);
}

interface Release {
  readonly minor: string;
  readonly patch: number;
  readonly preRelease?: string;
  readonly revision: number;
}

function version(draft: Draft): Problem[] {
  const written = draft.input.rke2.version;
  const places: Problem["places"] = [draft.at("rke2", "version")];
  const found = `"${written}"`;
  const release = releaseOf(written);
  if (release === undefined) {
    const minor = /1\.\d+/.exec(written)?.[0] ?? "";
    return [
      error("rke2/unknown-version", places, {
        found,
        why: "a release is named by its exact tag, never by a channel: each machine must get the same one",
        fix: `write "${newestOf(minor) ?? rke2Releases["1.36"]}"`,
      }),
    ];
  }
  if (release.preRelease !== undefined) {
    return [
      error("rke2/pre-release", places, {
        found,
        why: `${release.preRelease} is a test build, without a way to upgrade from it`,
        fix: `write "${newestOf(release.minor) ?? rke2Releases["1.36"]}"`,
      }),
    ];
  }
  const newest = releaseOf(newestOf(release.minor) ?? "");
  if (newest === undefined) {
    return [
      error("rke2/unsupported-version", places, {
        found,
        why: `this program was written for ${listOf(Object.keys(rke2Releases))}`,
        fix: `write "${rke2Releases["1.36"]}"`,
      }),
    ];
  }
  if (release.patch < newest.patch || (release.patch === newest.patch && release.revision <= newest.revision))
    return [];
  return [
    warning("rke2/newer-than-known", places, {
      found,
      why: `the newest release of ${release.minor} that versions.ts knows is ${newestOf(release.minor)}`,
      fix: "check the tag for a slip of the pen",
    }),
  ];
}

/** rke2 1.37 refuses ingress-nginx as only controller, 1.36 has it without fixes (rke2: docs/adrs/012-prime-flag-and-ingress-nginx.md). */
function ingressNginx(draft: Draft): Problem[] {
  const { ingress, rke2: written } = draft.input;
  const release = releaseOf(written.version);
  if (ingress?.controller !== "ingress-nginx" || release === undefined) return [];
  const places: Problem["places"] = [draft.at("ingress", "controller"), draft.at("rke2", "version")];
  if (Number(release.minor.split(".")[1]) > 36) {
    return [
      error("rke2/ingress-nginx-removed", places, {
        found: `"ingress-nginx" with ${written.version}`,
        why: "RKE2 1.37 refuses it, and Kubernetes retired it in March 2026",
        fix: 'set ingress.controller to "traefik"',
      }),
    ];
  }
  return [
    warning("rke2/ingress-nginx-retired", places, {
      found: '"ingress-nginx"',
      why: "Kubernetes retired it in March 2026: its holes are no longer mended, and RKE2 1.37 refuses it",
      fix: 'set ingress.controller to "traefik"',
    }),
  ];
}

function releaseOf(tag: string): Release | undefined {
  const match = /^v(1\.\d+)\.(\d+)(?:-([\w.]+))?\+rke2r(\d+)$/.exec(tag);
  const [, minor, patch, preRelease, revision] = match ?? [];
  if (minor === undefined) return undefined;
  return {
    minor,
    patch: Number(patch),
    revision: Number(revision),
    ...(preRelease === undefined ? {} : { preRelease }),
  };
}

function newestOf(minor: string): string | undefined {
  return Object.entries(rke2Releases).find(([known]) => known === minor)?.[1];
}
