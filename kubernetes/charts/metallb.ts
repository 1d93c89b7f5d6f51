import { charts } from "../../versions";
import type { Chart, Namespace } from "../chart";

/** metalLbNamespace: speakers open raw sockets on the nodes' network. */
export const metalLbNamespace: Namespace = { name: "metallb-system", podSecurity: "privileged" };

/**
 * metalLb for layer 2: without BGP and its router. Speakers tolerate every taint, because a node whose pods a Service
 * with externalTrafficPolicy Local leads to has to announce it.
 *
 * Its webhook is off. It holds one pool at a time against all others, and an address that moves between a pool and
 * its reserved part is in both, or in neither, between two writes: in one of the two orders every deploy would be
 * refused. The rules of `config` hold the same things, and MetalLB goes on with the last set that fits together.
 * @see metallb internal/k8s/webhooks/webhookv1beta1/ipaddresspool_webhook.go
 */
export const metalLb: Chart = {
  release: "metallb",
  ...charts.metallb,
  namespace: metalLbNamespace,
  values: {
    controller: { webhookMode: "disabled" },
    crds: { validationFailurePolicy: "Ignore" },
    frrk8s: { enabled: false },
    speaker: { frr: { enabled: false }, tolerations: [{ operator: "Exists" }] },
  },
  wait: true,
};
