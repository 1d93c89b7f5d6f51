import type { KubernetesObjectLike } from "../../contract";
import type { Programs } from "../programs";
import { type AnsweringPodOptions, startAnsweringPod } from "./answering-pod";
import { type RealPodOptions, startRealPod } from "./real-pod";
import { isAbsent } from "./absent";
import { absentPod, type RunningPod, type StartPod } from "./running-pod";
import type { Webhooks } from "../webhooks";

export interface ChooseOptions extends AnsweringPodOptions, RealPodOptions {
  readonly programs: Programs<"traefik" | "metallb-controller">;
  readonly webhooks: Pick<Webhooks, "certificate">;
  /** upgradeKinds that system-upgrade-controller defines when it starts. */
  readonly upgradeKinds: readonly KubernetesObjectLike[];
}

/**
 * choosePods: Traefik and MetalLB's controller are the real programs; system-upgrade-controller only defines its kind,
 * for a new cluster has nothing to upgrade; other parts of the platform, and pods in their
 * host's network, run nothing; every other pod is the lab's own answering one.
 */
export function choosePods(options: ChooseOptions): StartPod {
  return async (pod) => {
    const labels = pod.metadata.labels ?? {};
    const name = labels["app.kubernetes.io/name"];
    if (name === "traefik") {
      return startRealPod(options, { ...options.programs.traefik, readyWhen: "probe", args: [] }, pod);
    }
    if (name === "metallb" && labels["app.kubernetes.io/component"] === "controller") {
      return startMetalLb(options, pod);
    }
    if (name === "system-upgrade-controller") {
      for (const definition of options.upgradeKinds) await options.client.apply(definition, defining);
      return absentPod;
    }
    return isAbsent(pod) ? absentPod : startAnsweringPod(options, pod);
  };
}

const defining = { manager: "system-upgrade-controller", force: true, validation: "Ignore" } as const;

/**
 * startMetalLb: the newest controller that can be built from its module is older than the chart. Its rotation of the
 * webhooks' certificate wants custom resources of its own release, and it lacks what the chart's probes ask.
 */
async function startMetalLb(options: ChooseOptions, pod: KubernetesObjectLike): Promise<RunningPod> {
  const { client, programs, webhooks } = options;
  const namespace = pod.metadata.namespace ?? "";
  const pair = await webhooks.certificate("metallb-webhook-service", namespace);
  const files = { "tls.crt": pair.certificatePem, "tls.key": pair.keyPem, "ca.crt": pair.authorityPem };
  const data = Object.fromEntries(
    Object.entries(files).map(([name, content]) => [name, Buffer.from(content).toString("base64")]),
  );
  await client.patch({ apiVersion: "v1", kind: "Secret", name: "metallb-webhook-cert", namespace }, { data });
  const program = programs["metallb-controller"];
  return startRealPod(options, { ...program, readyWhen: "ports", args: ["--disable-cert-rotation"] }, pod);
}
