import type { Draft } from "../draft";
import { error, warning } from "../problem";
import type { Problem } from "../problem";
import { counted } from "../words";

/** copies that Longhorn keeps of a volume, each on a node of its own (longhorn: chart, persistence.defaultClassReplicaCount). */
const copies = 3;

/** storage: volumes have disks to be on. */
export function storage(drafts: readonly Draft[]): Problem[] {
  return drafts.flatMap((draft) => {
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
  });
}
