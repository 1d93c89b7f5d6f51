import type { Draft } from "../draft";
import { error } from "../problem";
import type { Problem } from "../problem";

/** taints: each stands once, and some node is left for pods that tolerate none. */
export function taints(drafts: readonly Draft[]): Problem[] {
  return drafts.flatMap((draft) => [...dedicatedTwice(draft), ...twice(draft), ...nowhereToRun(draft)]);
}

/** dedicatedTwice: the field's own taint beside it. */
function dedicatedTwice(draft: Draft): Problem[] {
  const { dedicated, taints: written = [] } = draft.input.servers;
  const same = written.filter((taint) => identityOf(taint) === "CriticalAddonsOnly:NoExecute");
  if (dedicated !== true) return [];
  return same.map((taint) =>
    error("names/taint-twice", [draft.at("servers", "taints"), draft.at("servers", "dedicated")], {
      found: `"${taint}" beside dedicated`,
      why: "dedicated is this taint, and a kubelet that gets one twice does not start",
      fix: "take it out of servers.taints",
    }),
  );
}

function twice(draft: Draft): Problem[] {
  return draft.pools.flatMap(({ keys, pool }) => {
    const written = pool.taints ?? [];
    const repeated = written.filter((taint, index) =>
      written.slice(0, index).some((earlier) => identityOf(earlier) === identityOf(taint)),
    );
    return repeated.map((taint) =>
      error("names/taint-twice", [draft.at(...keys, "taints")], {
        found: `"${taint}", and its key and effect stand there before`,
        why: "a node has a key and an effect once, and a kubelet that gets them twice does not start",
        fix: "take one of them out",
      }),
    );
  });
}

/** identityOf a taint: its key and its effect. */
function identityOf(taint: string): string {
  return taint.replace(/=[^:]*/, "");
}

/** nowhereToRun: what RKE2 and this program install tolerates no taint but that of a dedicated control plane. */
function nowhereToRun(draft: Draft): Problem[] {
  const dedicated = draft.input.servers.dedicated === true;
  const candidates = dedicated ? draft.workers : draft.nodes;
  const isOpen = candidates.some(({ pool }) => !(pool.taints ?? []).some(isClosing));
  if (isOpen || draft.servers.length === 0) return [];
  const places: Problem["places"] = [
    draft.at("servers", dedicated ? "dedicated" : "taints"),
    draft.at("workers"),
  ];
  return [
    error("rke2/nowhere-to-run", places, {
      found: `servers closed to pods, and ${draft.workers.length === 0 ? "no worker" : "every worker with a taint"}`,
      why: "the ingress, the metrics and every service would wait for a node for ever",
      fix: `${dedicated ? "take dedicated out of servers, or " : ""}add a worker without a taint`,
    }),
  ];
}

function isClosing(taint: string): boolean {
  return /:(NoSchedule|NoExecute)$/.test(taint);
}
