import { z } from "zod";

const names = ["canal", "calico", "cilium"] as const;

/** named CNI with its defaults; one that left the field is refused with what replaced it. */
const named = z
  .custom<(typeof names)[number]>()
  .transform((found: unknown, context) => {
    const name = names.find((known) => known === found);
    if (name !== undefined) return name;
    if (found === "weave") {
      context.addIssue({
        code: "custom",
        params: {
          code: "rke2/weave",
          why: "Weave Net left the field: its company closed in 2024, and RKE2 never carried it",
          fix: 'write "canal" (flannel with network policies), or "calico" or "cilium"',
        },
      });
    } else {
      context.addIssue({ code: "invalid_value", values: [...names], input: found });
    }
    return z.NEVER;
  })
  .meta({ description: names.map((name) => `\`"${name}"\``).join(" or "), problems: ["rke2/weave"] });

export const cni = z.union([
  named,
  z.strictObject({
    /** calico with settings of its own. */
    calico: z.strictObject({
      /** encapsulation of packets between nodes: IPIP takes 20 bytes of each, VXLAN 50 and passes where only UDP does. @default "VXLAN" */
      encapsulation: z.enum(["IPIP", "VXLAN"]).optional(),
    }),
  }),
  z.strictObject({
    /** cilium with settings of its own. */
    cilium: z.strictObject({
      /** kubeProxyReplacement: Cilium does what kube-proxy does, and kube-proxy is off. @default false */
      kubeProxyReplacement: z.boolean().optional(),
    }),
  }),
]);
