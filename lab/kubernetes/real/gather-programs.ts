import { canHaveOwnNetwork, inOwnNetwork } from "../../engine/own-network";
import { LabProblem } from "../../engine/lab-problem";
import { requireOwnNetwork } from "./network/ip";
import { findPrograms, type Programs } from "./programs";

/** gatherPrograms for that many clusters; what cannot be carried is refused before minutes go into building. */
export async function gatherPrograms(
  environment: NodeJS.ProcessEnv,
  clusters: number,
  say: (line: string) => void,
): Promise<Programs> {
  if (clusters > 1) {
    throw new LabProblem(
      `A real Kubernetes carries one cluster at a time, and the file has ${clusters}: rehearse it without KUBE=real.`,
    );
  }
  if (!inOwnNetwork() && !(await canHaveOwnNetwork())) requireOwnNetwork();
  return findPrograms(environment, say);
}
