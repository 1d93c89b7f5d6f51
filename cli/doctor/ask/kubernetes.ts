import { z } from "zod";
import type { Cluster } from "../../../config/model";
import { readKubeconfig } from "../../kubeconfig";
import { Mistake } from "../../mistake";
import { asAdministrator } from "../../trace/administrator";
import { attempt } from "../../trace/curl";
import type { KubernetesAnswer } from "../judge/kubernetes";
import { certificateIn, certificateOf, readingOf } from "./api";

/** askKubernetes for its version, as the administrator. Without the kubeconfig there is nothing to trust it by. */
export async function askKubernetes({ name }: Cluster): Promise<KubernetesAnswer> {
  const kubeconfig = kubeconfigOf(name);
  if (kubeconfig.kind === "none") return kubeconfig;
  return asAdministrator(kubeconfig.text, async ({ url, certificate, argumentsFor }) => {
    const asked = await attempt([...argumentsFor("version"), "--connect-timeout", "5"]);
    const shown = certificateOf(asked);
    return {
      kind: "asked",
      url,
      administrator: certificateIn(certificate),
      version: readingOf(asked, versionSchema),
      ...(shown === undefined ? {} : { certificate: shown }),
    };
  });
}

const versionSchema = z.object({ gitVersion: z.string() });

function kubeconfigOf(
  cluster: string,
): { readonly kind: "some"; readonly text: string } | (KubernetesAnswer & { readonly kind: "none" }) {
  try {
    return { kind: "some", text: readKubeconfig(cluster) };
  } catch (error) {
    if (error instanceof Mistake) return { kind: "none", says: error.message };
    throw error;
  }
}
