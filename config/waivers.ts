import type { Draft } from "./draft";
import { error } from "./problem";
import type { Problem } from "./problem";
import { didYouMean } from "./words";

/** waivable rules: an operator may know better, and says so with a reason in `accept`. */
export const waivable: readonly string[] = [
  "addresses/in-dhcp",
  "edge/append",
  "edge/hsts-lasts",
  "edge/plain-url",
  "edge/scheme-of-port",
  "edge/shorter-timeout",
  "edge/smaller-body",
  "edge/stream-hides-visitor",
  "edge/upstream-unverified",
  "edge/websocket-idle",
  "edge/wildcard-covers",
  "exposure/one-pod-answers",
  "machines/cores-overcommitted",
  "machines/even-servers",
  "machines/load-balancers-on-one-host",
  "machines/memory-overcommitted",
  "machines/one-host-holds-quorum",
  "machines/one-server-answers",
  "machines/storage-overcommitted",
  "machines/too-few-cores",
  "machines/too-little-memory",
  "networks/dhcp-outside",
  "networks/overlap-across-clusters",
  "rke2/images-unverified",
  "rke2/ingress-nginx-retired",
  "rke2/login-in-clear",
  "rke2/newer-than-known",
  "rke2/no-snapshots",
  "rke2/nothing-audited",
  "rke2/pre-release",
  "rke2/registry-unused",
  "rke2/registry-unverified",
  "rke2/unpinned",
  "rke2/unsupported-version",
  "services/runs-again",
  "state/plain-http",
  "storage/fewer-copies",
  "storage/no-class",
  "template/unpinned",
  "upgrades/drain-waits",
  "upgrades/every-worker-at-once",
  "upgrades/window-over-midnight",
];

/** withoutAccepted drops what one of the clusters concerned accepts; the rest learns that it could be. */
export function withoutAccepted(drafts: readonly Draft[], problems: readonly Problem[]): Problem[] {
  return problems
    .filter((problem) => !drafts.some((draft) => accepts(draft, problem)))
    .map((problem) => {
      if (!waivable.includes(problem.code)) return problem;
      return { ...problem, fix: `${problem.fix}; or give a reason in accept` };
    });
}

/** idleWaivers: what stands in `accept` and accepts nothing. */
export function idleWaivers(drafts: readonly Draft[], problems: readonly Problem[]): Problem[] {
  return drafts.flatMap((draft) =>
    Object.entries(draft.input.accept ?? {}).flatMap(([code, reason]) => {
      const place = draft.at("accept", code);
      if (!waivable.includes(code)) {
        return [
          error("accept/not-waivable", [place], {
            found: JSON.stringify(reason),
            why: "no rule of that name may be accepted: with most problems a cluster could not work",
            fix: didYouMean(code, waivable) ?? "take it out of accept, and mend the problem",
          }),
        ];
      }
      if (reason.trim() === "") {
        return [
          error("accept/no-reason", [place], {
            found: '""',
            why: "whoever reads the file next year has to know why this was wanted",
            fix: "write the reason in one sentence",
          }),
        ];
      }
      if (problems.some((problem) => accepts(draft, problem) && problem.code === code)) return [];
      return [
        error("accept/unused", [place], {
          found: JSON.stringify(reason),
          why: "the cluster no longer has this problem, and the line would hide the next one",
          fix: "take it out of accept",
        }),
      ];
    }),
  );
}

function accepts(draft: Draft, problem: Problem): boolean {
  const cluster = draft.at().cluster;
  const reason = draft.input.accept?.[problem.code] ?? "";
  return (
    waivable.includes(problem.code) &&
    reason.trim() !== "" &&
    problem.places.some((place) => place.cluster === cluster)
  );
}
