import type { KubernetesObjectLike } from "../../contract";
import { isObject, listAt, textAt } from "../../json";
import { addresses } from "../network/addresses";
import { type AnsweringServer, startAnswering } from "./answer";
import { createMisbehaviour } from "./misbehaviour";
import { readinessProbe, tcpPorts } from "./probe";
import type { RunningPod } from "./running-pod";

export interface AnsweringPodOptions {
  /** seen, the ids of requests that asked any pod to misbehave once. */
  readonly seen: Set<string>;
  readonly services: (pod: KubernetesObjectLike) => readonly string[];
}

/** startAnsweringPod listens at the pod's address on every port that its containers name. */
export async function startAnsweringPod(
  { seen, services }: AnsweringPodOptions,
  pod: KubernetesObjectLike,
): Promise<RunningPod> {
  const address = textAt(pod, "status", "podIP") ?? "";
  const containers = listAt(pod, "spec", "containers").filter(isObject);
  const misbehaviour = createMisbehaviour(seen);
  const identity = {
    pod: pod.metadata.name,
    namespace: pod.metadata.namespace ?? "",
    node: textAt(pod, "spec", "nodeName") ?? "",
    services: () => services(pod),
  };
  const release = await addresses.hold(address);
  const servers: AnsweringServer[] = [];
  const kill = async (): Promise<void> => {
    for (const server of servers) server.close();
    await release();
  };
  try {
    for (const port of new Set(containers.flatMap(tcpPorts))) {
      servers.push(await startAnswering(address, port, identity, misbehaviour));
    }
  } catch (error) {
    await kill();
    throw error;
  }
  const probes = new Map(
    containers.map((container) => [textAt(container, "name"), readinessProbe(container, address)]),
  );
  return {
    async isReady(container) {
      return !misbehaviour.isUnready() && ((await probes.get(container)?.()) ?? true);
    },
    async end(graceSeconds) {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise((resolve) => (timer = setTimeout(resolve, graceSeconds * 1000)));
      await Promise.race([Promise.all(servers.map((server) => server.drain())), late]);
      clearTimeout(timer);
      await kill();
    },
    kill,
  };
}
