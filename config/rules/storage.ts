import type { Draft } from "../draft";
import { error, warning } from "../problem";
import type { Problem } from "../problem";
import { counted } from "../words";

/** copies that Longhorn keeps of a volume, each on a node of its own (longhorn: chart, persistence.defaultClassReplicaCount). */
const copies = 3;

/** storage: volumes have disks to be on. */
export function storage(drafts: readonly Draft[]): Problem[] {
  return drafts.flatMap((draft) => [...fewCopies(draft), ...withoutClass(draft)]);
}

function fewCopies(draft: Draft): Problem[] {
  const workers = draft.workers.length;
  if (draft.input.storage !== "longhorn" || workers >= copies) return [];
  const places: Problem["places"] = [draft.at("storage"), draft.at("workers")];
  if (workers === 0) {
    return [
      error("storage/no-worker", places, {
        found: '"longhorn" without a worker',
        why: "volumes are on the workers' disks, and there is none",
        fix: 'add workers, or set storage to "local-path"',
      }),
    ];
  }
  return [
    warning("storage/fewer-copies", places, {
      found: `"longhorn" with ${counted(workers, "worker")}`,
      why: `a volume's copies are on different workers, so it has ${workers}: when ${workers === 1 ? "its disk dies" : "both disks die"} the data is gone`,
      fix: `give the cluster ${copies} workers`,
    }),
  ];
}

/** withoutClass: RKE2 brings no StorageClass along (rke2: pkg/bootstrap/charts.go). */
function withoutClass(draft: Draft): Problem[] {
  if (draft.input.storage !== undefined) return [];
  return draft.services.flatMap(({ input, keys }) =>
    Object.entries("volumes" in input ? (input.volumes ?? {}) : {}).flatMap(([name, volume]) => {
      if (!("size" in volume) || volume.storageClass !== undefined) return [];
      return [
        warning("storage/no-class", [draft.at(...keys, "volumes", name), draft.at("storage")], {
          found: "a volume without storageClass, in a cluster without storage",
          why: "there is no default StorageClass unless somebody makes one: the pod would wait for its volume for ever",
          fix: 'set storage to "local-path", or name a storageClass',
        }),
      ];
    }),
  );
}
