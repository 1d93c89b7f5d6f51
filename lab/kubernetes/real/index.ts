import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Part } from "../../engine/part";
import type { ControlPlane } from "../contract";
import type { LabKubernetes } from "../lab-kubernetes";
import { startReal } from "./control-plane";
import { tail } from "./daemon";
import { requireOwnNetwork } from "./network/ip";
import { partsOf, type Programs } from "./programs";
import { dialingVisitor } from "./requests";

export { gatherPrograms } from "./gather-programs";
export type { Programs } from "./programs";

/**
 * realKubernetes starts a real control plane for each cluster that a simulated server initialises, and keeps everything
 * under folder. A network namespace holds the pods and Services of one cluster: the cluster before ends when its
 * servers are gone, and while they live no second one begins.
 */
export function realKubernetes(programs: Programs, folder: string): LabKubernetes {
  requireOwnNetwork();
  let count = 0;
  let newest: Running | undefined;
  return {
    parts: [...partsOf(programs), ...standIns],
    webhooks: "left out",
    visitor: dialingVisitor,
    answer: () => Promise.resolve(() => Promise.resolve()),
    async start(options) {
      const before = newest;
      const authority = options.tls["server-ca.crt"];
      if (before?.isInUse() === true && before.authority !== authority) {
        throw new Error(
          "a real Kubernetes carries one cluster at a time: rehearse several without KUBE=real",
        );
      }
      const home = join(folder, `cluster-${++count}`);
      mkdirSync(home, { recursive: true, mode: 0o700 });
      let isStarting = true;
      const begin = async (): Promise<ControlPlane> => {
        await (await before?.plane)?.close();
        return startReal({ programs, folder: home }, options);
      };
      const plane = begin().finally(() => {
        isStarting = false;
      });
      newest = { folder: home, plane, authority, isInUse: () => isStarting || options.hasQuorum() };
      return plane;
    },
    logs: () => (newest === undefined ? new Map() : logsIn(newest.folder)),
  };
}

interface Running {
  readonly folder: string;
  readonly plane: Promise<ControlPlane>;
  readonly authority: string | undefined;
  isInUse(): boolean;
}

const standIns: readonly Part[] = [
  "pods: HTTP servers that say who they are",
  "kubelets' starting, probing and draining of pods",
  "kube-proxy and MetalLB's speakers: TCP forwarding by EndpointSlices",
  "cert-manager, istiod, ingress-nginx: called Running, their webhooks admit all",
  "system-upgrade-controller: defines its kind and upgrades nothing",
].map((name) => ({ name, kind: "stand-in" as const, version: "simulated" }));

function logsIn(folder: string): Map<string, readonly string[]> {
  const files = [folder, join(folder, "pods")].flatMap((home) =>
    readdirSync(home)
      .filter((name) => name.endsWith(".log"))
      .map((name) => [name.replace(/\.log$/, ""), join(home, name)] as const),
  );
  return new Map(files.map(([name, file]) => [name, tail(file).split("\n")]));
}
