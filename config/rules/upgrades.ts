import type { Draft } from "../draft";
import { error, warning } from "../problem";
import type { Problem } from "../problem";
import { listOf } from "../words";

/** upgrades: there is a time for them, pods have somewhere to go, and nodes can fetch what upgrades them. */
export function upgrades(drafts: readonly Draft[]): Problem[] {
  return drafts.flatMap((draft) => [
    ...window(draft),
    ...allAtOnce(draft),
    ...drainWaits(draft),
    ...imagesOutOfReach(draft),
  ]);
}

/** window, as the upgrade controller reads it. Source: kured, pkg/timewindow/timewindow.go */
function window(draft: Draft): Problem[] {
  const { upgrades: written } = draft.input;
  if (written === undefined || written === false || written.window === undefined) return [];
  const { days, startTime, endTime } = written.window;
  if (startTime === endTime) {
    return [
      error(
        "upgrades/empty-window",
        [draft.at("upgrades", "window", "endTime"), draft.at("upgrades", "window", "startTime")],
        {
          found: `"${endTime}" for both`,
          why: "the window is open for one second a day, and no upgrade would ever begin",
          fix: "let it end hours later, or leave window out for any time",
        },
      ),
    ];
  }
  if (startTime < endTime || days === undefined || new Set(days).size === 7) return [];
  return [
    warning(
      "upgrades/window-over-midnight",
      [draft.at("upgrades", "window", "days"), draft.at("upgrades", "window", "endTime")],
      {
        found: `${listOf(days)} from ${startTime} to ${endTime}`,
        why: `a day is the one on the calendar: it is open until ${endTime} and again from ${startTime} on the same day`,
        fix: "name the days on both sides of midnight, or let it end before midnight",
      },
    ),
  ];
}

function allAtOnce(draft: Draft): Problem[] {
  const { upgrades: written } = draft.input;
  if (written === undefined || written === false) return [];
  const { concurrency = 1 } = written;
  const workers = draft.workers.length;
  if (concurrency === 1 || concurrency < workers) return [];
  return [
    warning("upgrades/every-worker-at-once", [draft.at("upgrades", "concurrency"), draft.at("workers")], {
      found: `${concurrency}, and there are ${workers} workers`,
      why: "all of them leave at the same time, and their pods have nowhere to go",
      fix: `set upgrades.concurrency to ${Math.max(1, Math.floor(workers / 2))}`,
    }),
  ];
}

/** drainWaits: Longhorn lets no node go that holds a volume's last copy (longhorn: docs, references/settings.md, node-drain-policy). */
function drainWaits(draft: Draft): Problem[] {
  const { storage, upgrades: written } = draft.input;
  if (storage !== "longhorn" || written === false || draft.workers.length !== 1) return [];
  if (written?.drain === false) return [];
  return [
    warning("upgrades/drain-waits", [draft.at("upgrades", "drain"), draft.at("storage")], {
      found: "one worker, whose volumes are Longhorn's",
      why: "Longhorn lets no node be drained that has a volume's only copy: its upgrade would wait for ever",
      fix: "set upgrades.drain to false",
    }),
  ];
}

/** imagesOutOfReach: no release of RKE2 holds the images of upgrades and of their controller. */
function imagesOutOfReach(draft: Draft): Problem[] {
  const { network, rke2, upgrades: written } = draft.input;
  const { artifacts, registries, systemDefaultRegistry } = rke2;
  if (artifacts === undefined || written === false) return [];
  const mirrors = Object.keys(registries?.mirrors ?? {});
  const isMirrored = mirrors.includes("*") || mirrors.includes("docker.io");
  if (isMirrored || systemDefaultRegistry !== undefined || network.proxy !== undefined) return [];
  return [
    warning(
      "upgrades/images-out-of-reach",
      [draft.at("rke2", "artifacts"), draft.at("rke2", "registries"), draft.at("upgrades")],
      {
        found: `RKE2 from "${artifacts.from}", and no registry in place of docker.io`,
        why: "rancher/rke2-upgrade and the upgrade controller are in no archive of a release: without the internet no upgrade would begin",
        fix: 'name a mirror of "docker.io" in rke2.registries, or set upgrades to false',
      },
    ),
  ];
}
