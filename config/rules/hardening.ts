import type { Draft } from "../draft";
import { error, warning } from "../problem";
import type { Problem } from "../problem";

/** hardening: what the CIS profile closes, and what an audit needs. */
export function hardening(drafts: readonly Draft[]): Problem[] {
  return drafts.flatMap((draft) => [...closedNamespaces(draft), ...nothingAudited(draft)]);
}

/** closed namespaces: only pods of the same one may reach those in them. Source: rke2, pkg/rke2/np.go */
const closed = ["default", "kube-public", "kube-system"];

function closedNamespaces(draft: Draft): Problem[] {
  if (draft.input.rke2.profile !== "cis") return [];
  return draft.services
    .filter(({ namespace, exposure }) => exposure !== undefined && closed.includes(namespace))
    .map(({ namespace, keys }) =>
      error("rke2/closed-namespace", [draft.at(...keys, "namespace"), draft.at("rke2", "profile")], {
        found: `"${namespace}"`,
        why: "with profile cis RKE2 lets only pods of the same namespace into it: no route and no other service gets there",
        fix: 'write "apps"',
      }),
    );
}

function nothingAudited(draft: Draft): Problem[] {
  const { profile, audit } = draft.input.rke2;
  if (profile === "cis" || audit !== undefined) return [];
  const flags = draft.input.servers.arguments?.["kube-apiserver"] ?? {};
  return Object.keys(flags)
    .filter((flag) => /^audit-(log|webhook)-/.test(flag))
    .slice(0, 1)
    .map((flag) =>
      warning(
        "rke2/nothing-audited",
        [draft.at("servers", "arguments", "kube-apiserver", flag), draft.at("rke2")],
        {
          found: "no audit",
          why: "without a policy the API servers write nothing about anybody",
          fix: 'write rke2.audit: "metadata", or take the argument out',
        },
      ),
    );
}
