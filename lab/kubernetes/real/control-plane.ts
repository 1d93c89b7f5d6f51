import { mkdirSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { readCrds } from "../../charts/crds";
import { join as joinPort, splice } from "../../network/tunnel";
import type { ControlPlane, ControlPlaneOptions, KubernetesObjectLike } from "../contract";
import { managedEtcdFinalizer, nodeLease } from "../contract";
import { helmDefinitions } from "../store/seed";
import { type ApiServer, inClusterAddress, startApiServer } from "./api-server";
import { ApiRefusal, type Client, refer } from "./client";
import { startControllers } from "./controllers";
import type { Daemon } from "./daemon";
import { startEtcd } from "./etcd";
import { kubeletAnnotation, type KubeletState } from "./kwok-stages";
import { requireOwnNetwork } from "./network/ip";
import { startServiceNetwork } from "./network/service-network";
import { layOut } from "./pki";
import { choosePods } from "./pods/choose";
import { keepPods } from "./pods/pod-keeper";
import type { Programs } from "./programs";
import { selectedBy } from "../selected-by";
import { watch } from "./watch";
import { startWebhooks } from "./webhooks";

export interface RealOptions {
  readonly programs: Programs;
  /** folder for everything on disk, a new one for each cluster. */
  readonly folder: string;
}

/**
 * startReal is a real control plane: etcd, kube-apiserver, kube-controller-manager, kube-scheduler, with KWOK and the
 * lab in place of kubelets, kube-proxy and MetalLB's speakers. One API server answers for all servers of the cluster.
 */
export async function startReal(
  { programs, folder }: RealOptions,
  options: ControlPlaneOptions,
): Promise<ControlPlane> {
  requireOwnNetwork();
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const ends: (() => Promise<void> | void)[] = [];
  let isClosed = false;
  const close = async (): Promise<void> => {
    isClosed = true;
    for (const end of ends.splice(0).reverse()) await end();
  };
  try {
    const plane = await stand(programs, folder, options, ends);
    return {
      ...plane,
      // A machine may outlive the cluster that it was of, and nobody is left whom it could concern.
      setNodeReady: async (name, ready) => {
        if (!isClosed) await plane.setNodeReady(name, ready);
      },
      machineStopped: async (name) => {
        if (!isClosed) await plane.machineStopped(name);
      },
      renewLease: async (name) => {
        if (!isClosed) await plane.renewLease(name);
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function stand(
  programs: Programs,
  folder: string,
  options: ControlPlaneOptions,
  ends: (() => Promise<void> | void)[],
): Promise<Omit<ControlPlane, "close">> {
  const report = (text: string): void => options.report(text);
  const watchOver = (daemon: Daemon): void => {
    ends.push(() => daemon.stop());
    void daemon.ended.then(() => {
      const failure = daemon.failure();
      if (failure !== undefined) report(failure);
    });
  };
  const pki = layOut(join(folder, "tls"), options.tls);
  const etcd = await startEtcd(programs.etcd, pki, folder);
  watchOver(etcd.daemon);
  const api = await startApiServer(programs["kube-apiserver"], pki, etcd, options, folder);
  watchOver(api.daemon);
  ends.push(() => api.admin.close());
  const client = api.admin;
  for (const object of helmDefinitions) await client.apply(object, byRke2);
  for (const daemon of await startControllers({
    programs,
    pki,
    apiPort: api.port,
    ranges: options,
    folder,
  })) {
    watchOver(daemon);
  }

  const webhooks = await startWebhooks(client, report);
  ends.push(() => webhooks.close());
  const apiAddress = inClusterAddress(options);
  const network = await startServiceNetwork({
    client,
    api: { address: apiAddress, port: api.port },
    webhooks,
    report,
  });
  ends.push(() => network.close());
  const services = await watch(client, { apiVersion: "v1", kind: "Service" }, {});
  ends.push(() => services.close());
  const roomFolder = join(folder, "pods");
  mkdirSync(roomFolder, { mode: 0o700 });
  const pods = await keepPods({
    client,
    report,
    start: choosePods({
      client,
      programs,
      apiAddress,
      authorityPem: pki.read("server-ca.crt"),
      folder: roomFolder,
      seen: new Set(),
      services: (pod) => selectedBy(pod, services.all()),
      webhooks,
      upgradeKinds: readCrds(options.crdFolder).of("system-upgrade-controller"),
      report,
    }),
  });
  ends.push(() => pods.close());

  return {
    serve: (serving) => serve(api, serving.names, options),
    registerNode: (node) => registerNode(client, node),
    async setNodeReady(name, ready) {
      pods.setNode(name, ready);
      await setKubelet(client, name, ready ? "runs" : "stopped");
    },
    machineStopped(name) {
      pods.setNode(name, false);
      return Promise.resolve();
    },
    async renewLease(name) {
      const node = await client.get({ apiVersion: "v1", kind: "Node", name });
      if (node !== undefined) await client.apply(nodeLease(node), byKubelet);
    },
    async releaseNode(name) {
      await ignoreMissing(
        client.patch(
          { apiVersion: "v1", kind: "Node", name },
          {
            metadata: { "$deleteFromPrimitiveList/finalizers": [managedEtcdFinalizer] },
          },
        ),
      );
    },
    watchNodes(listener) {
      const watching = watch(
        client,
        { apiVersion: "v1", kind: "Node" },
        {
          present: (node) => listener({ type: "present", node }),
          gone: (node) => listener({ type: "gone", node }),
        },
      );
      ends.push(async () => (await watching).close());
      watching.catch((error: unknown) => report(`the lab cannot watch Nodes: ${String(error)}`));
    },
    apply: (object) => applyAsDeployController(client, object),
    async objects() {
      const resources = (await client.resources()).filter(({ verbs }) => verbs.includes("list"));
      const lists = await Promise.all(resources.map((resource) => client.list(resource)));
      return lists.flatMap(({ items }) => items);
    },
    deleteObject: (reference) => client.delete(reference),
  };
}

const byKubelet = { manager: "kubelet", force: true, validation: "Ignore" } as const;
const byRke2 = { manager: "deploy@rke2", force: true, validation: "Ignore" } as const;
const manifestRetryMs = 250;
const manifestTries = 60;

/** applyAsDeployController tries a manifest again whose kind or namespace is not there yet. */
async function applyAsDeployController(client: Client, object: KubernetesObjectLike): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await client.apply(object, byRke2);
      return;
    } catch (error) {
      if (!(error instanceof ApiRefusal) || error.code !== 404 || tries === manifestTries) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, manifestRetryMs));
  }
}

/** serve leads 6443 of a server to the API server, whose certificate is then good for that server's names. */
async function serve(api: ApiServer, names: readonly string[], options: ControlPlaneOptions) {
  await api.answerTo(names);
  return createServer({ noDelay: true }, (connection) => {
    connection.on("error", () => connection.destroy());
    if (!options.hasQuorum()) connection.resetAndDestroy();
    else {
      joinPort(api.port).then(
        (upstream) => splice(connection, upstream),
        () => connection.resetAndDestroy(),
      );
    }
  });
}

/** registerNode as a kubelet: labels and status are kept up to date, what others wrote stays. */
async function registerNode(client: Client, node: KubernetesObjectLike): Promise<void> {
  const { status, ...rest } = node;
  await client.apply(rest, byKubelet);
  if (status !== undefined) await client.patch(refer(node), { status }, "/status");
}

/** setKubelet: a machine whose kubelet was silent for too long is Unknown. */
async function setKubelet(client: Client, name: string, state: KubeletState): Promise<void> {
  const node = { apiVersion: "v1", kind: "Node", name };
  await ignoreMissing(client.patch(node, { metadata: { annotations: { [kubeletAnnotation]: state } } }));
  if (state === "runs") return;
  const condition = {
    type: "Ready",
    status: "Unknown",
    reason: "NodeStatusUnknown",
    message: "Kubelet stopped posting node status.",
    lastTransitionTime: new Date().toISOString().replace(/\.\d+Z$/, "Z"),
  };
  await ignoreMissing(client.patch(node, { status: { conditions: [condition] } }, "/status"));
}

async function ignoreMissing(work: Promise<void>): Promise<void> {
  await work.catch((error: unknown) => {
    if (!(error instanceof ApiRefusal) || error.code !== 404) throw error;
  });
}
