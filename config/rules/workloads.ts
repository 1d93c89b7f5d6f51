import type { Draft, DraftService } from "../draft";
import { nameLabel } from "../draft/services";
import { error, warning } from "../problem";
import type { Problem } from "../problem";

/** workloads: Kubernetes takes their names and finds their pods, and what runs once runs once. */
export function workloads(drafts: readonly Draft[]): Problem[] {
  return drafts.flatMap((draft) =>
    draft.services.flatMap((service) => [
      ...tooLong(draft, service),
      ...ownNameLabel(draft, service),
      ...runsAgain(draft, service),
    ]),
  );
}

interface Limit {
  readonly characters: number;
  readonly why: string;
}

/**
 * limits of names: what Kubernetes or this program puts behind one has to fit into 63 characters with it.
 * @see https://github.com/kubernetes/kubernetes/issues/64023
 */
const limits: Readonly<Partial<Record<DraftService["kind"], Limit>>> = {
  StatefulSet: {
    characters: 52,
    why: "each of its pods has a label of the name and a revision, 11 characters more, and a label has 63 at most",
  },
  CronJob: {
    characters: 52,
    why: "Kubernetes names its Jobs by it and the time, 11 characters more, and a Job's name has 63 at most",
  },
  Job: {
    characters: 54,
    why: "the Job is named by it and a hash of what it runs, 9 characters more, and its name has 63 at most",
  },
};

function tooLong(draft: Draft, { name, kind, keys }: DraftService): Problem[] {
  const limit = limits[kind];
  if (limit === undefined || name.length <= limit.characters || name.length > 63) return [];
  return [
    error("services/name-too-long", [draft.at(...keys)], {
      found: `${kind} "${name}" of ${name.length} characters`,
      why: limit.why,
      fix: `shorten the name by ${name.length - limit.characters}`,
    }),
  ];
}

/** ownNameLabel: its value is always the service's name, by which the Service and the workload find their pods. */
function ownNameLabel(draft: Draft, { name, input, keys }: DraftService): Problem[] {
  const selector = "selector" in input ? input.selector : undefined;
  const written = [
    { labels: input.labels, at: ["labels"] },
    { labels: selector?.matchLabels, at: ["selector", "matchLabels"] },
  ];
  return written.flatMap(({ labels, at }) => {
    const value = labels?.[nameLabel];
    if (value === undefined || value === name) return [];
    return [
      error("services/name-label", [draft.at(...keys, ...at, nameLabel)], {
        found: `"${value}"`,
        why: `the pods of ${name} are found by this label, and its value is "${name}"`,
        fix: "take it out, or give the label another key",
      }),
    ];
  });
}

/** runsAgain: a Job that is gone is missing to the next deploy. */
function runsAgain(draft: Draft, { input, keys }: DraftService): Problem[] {
  if (!("kind" in input) || input.kind !== "Job" || input.keep === undefined) return [];
  return [
    warning("services/runs-again", [draft.at(...keys, "keep")], {
      found: `${input.keep / 1000}s`,
      why: "then Kubernetes deletes the Job, and the next deploy makes it again and runs it again",
      fix: "take keep out, and the Job stays and runs once",
    }),
  ];
}
