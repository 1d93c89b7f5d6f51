import { isIPv4 } from "node:net";
import { z } from "zod";

/** KubeVip is the floating API address, as the applied DaemonSet's environment describes it. */
export interface KubeVip {
  readonly address: string;
  readonly interface?: string;
  readonly serviceAccount: string;
}

const container = z.looseObject({
  image: z.string(),
  args: z.array(z.string()).default([]),
  env: z.array(z.looseObject({ name: z.string(), value: z.string().optional() })).default([]),
  securityContext: z
    .looseObject({ capabilities: z.looseObject({ add: z.array(z.string()).default([]) }) })
    .optional(),
});
const daemonSet = z.looseObject({
  kind: z.literal("DaemonSet"),
  metadata: z.looseObject({ name: z.string(), namespace: z.string().default("default") }),
  spec: z.looseObject({
    template: z.looseObject({
      spec: z.looseObject({
        serviceAccountName: z.string().default("default"),
        hostNetwork: z.boolean().default(false),
        containers: z.array(container).min(1),
      }),
    }),
  }),
});

/** environment names that kube-vip 1.x reads (kube-vip/kube-vip: pkg/kubevip/config_envvar.go). */
const known =
  /^(vip_(arp|interface|subnet|cidr|nodename|leaderelection|leasename|leaseduration|renewdeadline|retryperiod|loglevel|preserve_on_leadership_loss|arpRate|ddns)|address|port|(cp|svc)_(enable|namespace|election)|lb_enable|prometheus_server|bgp_\w+|dns_mode|kubernetes_addr|k8s_config_file|control_plane_health_check_\w+|enable_node_labeling|svc_leasename)$/;

/** readKubeVip finds kube-vip among a manifest's objects; a setting that would not work is said, not corrected. */
export function readKubeVip(object: unknown, problem: (text: string) => void): KubeVip | undefined {
  const parsed = daemonSet.safeParse(object);
  const pod = parsed.success ? parsed.data.spec.template.spec : undefined;
  const main = pod?.containers.find((candidate) => /(^|\/)kube-vip(:|@|$)/.test(candidate.image));
  if (!parsed.success || pod === undefined || main === undefined) return undefined;
  const environment = new Map(main.env.map(({ name, value }) => [name, value ?? ""]));
  for (const name of environment.keys())
    if (!known.test(name)) problem(`kube-vip: it reads no environment variable ${name}`);
  const wants: readonly [string, string][] = [
    ["vip_arp", "true"],
    ["cp_enable", "true"],
    ["port", "6443"],
  ];
  const address = environment.get("address") ?? "";
  const broken = wants.find(([name, value]) => environment.get(name) !== value);
  if (broken !== undefined)
    problem(`kube-vip: ${broken[0]} must be ${broken[1]}, it is ${environment.get(broken[0]) ?? "not set"}`);
  if (environment.get("svc_enable") !== "false")
    problem("kube-vip: svc_enable must be false, or it fights MetalLB over Services");
  if (!isIPv4(address)) problem(`kube-vip: address ${JSON.stringify(address)} is no address`);
  if (!main.args.includes("manager")) problem("kube-vip: its container is not told to run as manager");
  const capabilities = main.securityContext?.capabilities.add ?? [];
  const powerless =
    !pod.hostNetwork || !capabilities.includes("NET_ADMIN") || !capabilities.includes("NET_RAW");
  if (powerless) problem("kube-vip: needs hostNetwork, NET_ADMIN and NET_RAW to hold an address");
  if (broken !== undefined || powerless || !isIPv4(address)) return undefined;
  const nic = environment.get("vip_interface");
  const { namespace } = parsed.data.metadata;
  return {
    address,
    ...(nic === undefined || nic === "" ? {} : { interface: nic }),
    serviceAccount: `system:serviceaccount:${namespace}:${pod.serviceAccountName}`,
  };
}
