import type { Cluster } from "../../config/model";
import type { Service } from "../../config/model/services";
import type { EngineName } from "../../config/model/ingress";
import type { Subject } from "../../lab/rehearse/subject";
import { Mistake } from "../mistake";

/** kubernetesAsked for by KUBE: the lab's own unless it says real, which not every cluster can be rehearsed on. */
export function kubernetesAsked(
  { KUBE: asked = "" }: NodeJS.ProcessEnv,
  clusters: readonly Pick<Cluster, "name" | "ingress" | "certificates" | "services">[],
): Subject["kubernetes"] {
  if (asked === "") return "simulated";
  if (asked !== "real") {
    throw new Mistake(
      `KUBE is "${asked}": the only value is real, which rehearses on a real Kubernetes API.\n` +
        "Write KUBE=real, or leave KUBE out and the lab plays Kubernetes itself.",
    );
  }
  for (const { name, ingress, certificates, services } of clusters) {
    if (ingress !== undefined && !carried.has(ingress.engine)) {
      throw notReal(name, `its ingress is ${ingress.engine}, and of all engines only Traefik runs there`);
    }
    const claiming = services.find(hasClaims);
    if (claiming !== undefined) {
      throw notReal(name, `nothing makes volumes there, and service ${claiming.name} waits for one`);
    }
    const issued = certificates.find(({ source }) => source.kind === "issuer");
    if (issued !== undefined) {
      throw notReal(name, `cert-manager does not run there, and certificate ${issued.name} waits for it`);
    }
  }
  return "real";
}

function hasClaims(service: Service): boolean {
  return (
    service.kind === "workload" &&
    service.workload.kind === "StatefulSet" &&
    Object.keys(service.workload.claims).length > 0
  );
}

const carried = new Set<EngineName>(["traefik", "gateway-api/traefik"]);

function notReal(name: string, why: string): Mistake {
  return new Mistake(
    `Cluster ${name} cannot be rehearsed with KUBE=real: ${why}.\nRehearse it without KUBE=real.`,
  );
}
