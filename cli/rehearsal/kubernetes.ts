import type { Subject } from "../../lab/rehearse/subject";
import { Mistake } from "../mistake";

/** kubernetesAsked for by KUBE: the lab's own unless it says real. */
export function kubernetesAsked({ KUBE: asked = "" }: NodeJS.ProcessEnv): Subject["kubernetes"] {
  if (asked === "") return "simulated";
  if (asked === "real") return "real";
  throw new Mistake(
    `KUBE is "${asked}": the only value is real, which rehearses on a real Kubernetes API.\n` +
      "Write KUBE=real, or leave KUBE out and the lab plays Kubernetes itself.",
  );
}
