import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Json, KubernetesObjectLike } from "../../contract";
import { isObject, listAt, textAt } from "../../json";
import type { Client } from "../client";
import type { Daemon } from "../daemon";
import { pause } from "../pause";
import type { Program } from "../programs";
import { launchOf, mountedFiles } from "./container";
import { readinessProbe, takesConnections, tcpPorts } from "./probe";
import { placeFile, startInRoom } from "./room";
import type { RunningPod } from "./running-pod";

export interface RealPodOptions {
  readonly client: Client;
  /** authorityPem that signed the API server's certificate. */
  readonly authorityPem: string;
  /** apiAddress inside the cluster. */
  readonly apiAddress: string;
  readonly folder: string;
  readonly report: (text: string) => void;
}

export interface RealProgram extends Program {
  /** readyWhen: its container's own probe holds; or, for a release that lacks what the probe asks, all its ports are open. */
  readonly readyWhen: "probe" | "ports";
  /** args after those of the container. */
  readonly args: readonly string[];
}

/** restarts of a program that ended by itself before the lab calls it broken. */
const restarts = 5;

/** startRealPod runs a container's program with exactly its arguments, environment, files and service account. */
export async function startRealPod(
  options: RealPodOptions,
  program: RealProgram,
  pod: KubernetesObjectLike,
): Promise<RunningPod> {
  const { client, folder, report } = options;
  const { name, uid = "" } = pod.metadata;
  const [container] = listAt(pod, "spec", "containers").filter(isObject);
  if (container === undefined) throw new Error(`pod ${name} has no container`);
  const address = textAt(pod, "status", "podIP") ?? "";
  const home = join(folder, `${name}-${uid}`);
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const log = join(folder, `${name}.log`);
  const account = await accountFiles(options, pod);

  const start = async (): Promise<Daemon> => {
    const launch = await launchOf(client, pod, container);
    for (const [path, content] of Object.entries(launch.files)) placeFile(home, path, content);
    return startInRoom({
      name: `${name} (${textAt(container, "name") ?? ""})`,
      hostname: name,
      address,
      root: home,
      program: program.file,
      args: [...launch.args, ...program.args],
      environment: {
        ...launch.environment,
        KUBERNETES_SERVICE_HOST: options.apiAddress,
        KUBERNETES_SERVICE_PORT: "443",
      },
      folders: launch.folders,
      files: account,
      log,
    });
  };

  const over = new AbortController();
  const isOver = (): boolean => over.signal.aborted;
  let daemon = await start();
  const watchOver = async (): Promise<void> => {
    for (let ended = 1; ; ended++) {
      await daemon.ended;
      if (isOver()) return;
      if (ended > restarts) {
        report(daemon.failure() ?? `${name} ended`);
        return;
      }
      await pause(250 * 2 ** ended, over.signal);
      if (isOver()) return;
      daemon = await start();
      if (isOver()) await daemon.stop(0);
    }
  };
  void watchOver().catch((error: unknown) => {
    report(`${name} cannot be started again: ${String(error)}`);
  });

  const probe = readinessProbe(container, address);
  const stop = async (seconds: number): Promise<void> => {
    over.abort();
    await daemon.stop(seconds);
  };
  return {
    async isReady() {
      await refreshFiles(client, pod, container, home);
      if (program.readyWhen === "probe") return probe === undefined || probe();
      const open = await Promise.all(tcpPorts(container).map((port) => takesConnections(address, port)));
      return open.every(Boolean);
    },
    end: stop,
    kill: () => stop(0),
  };
}

/** refreshFiles of its volumes, as a kubelet does from time to time. */
async function refreshFiles(
  client: Client,
  pod: KubernetesObjectLike,
  container: Json,
  home: string,
): Promise<void> {
  const files = await mountedFiles(client, pod, container);
  for (const [path, content] of Object.entries(files)) placeFile(home, path, content);
}

const accountFolder = "/var/run/secrets/kubernetes.io/serviceaccount";

/** accountFiles, the credentials of the pod's service account, bound to this pod. */
async function accountFiles(
  { client, authorityPem }: RealPodOptions,
  { metadata, ...pod }: KubernetesObjectLike,
): Promise<Record<string, string>> {
  const { name, namespace = "default", uid = "" } = metadata;
  const account = textAt(pod, "spec", "serviceAccountName") ?? "default";
  const answer = await client.ask(
    "POST",
    `/api/v1/namespaces/${namespace}/serviceaccounts/${account}/token`,
    {
      apiVersion: "authentication.k8s.io/v1",
      kind: "TokenRequest",
      spec: {
        expirationSeconds: 86_400,
        boundObjectRef: { apiVersion: "v1", kind: "Pod", name, uid },
      },
    },
  );
  return {
    [`${accountFolder}/token`]: textAt(answer, "status", "token") ?? "",
    [`${accountFolder}/ca.crt`]: authorityPem,
    [`${accountFolder}/namespace`]: namespace,
  };
}
