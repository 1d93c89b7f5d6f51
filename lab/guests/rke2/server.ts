import { isIPv4 } from "node:net";
import { serverCertificate } from "../../network/certificate";
import type { RunningService } from "../system/service-manager";
import { readConfig, type Rke2Config } from "./config";
import { describeKubelet, type Kubelet, nodePassword } from "./kubelet";
import { becomeMember, type Membership } from "./membership";
import { checkStart } from "./start-checks";
import { serverRegistration } from "./node-object";
import { createSupervisor } from "./supervisor";
import { type Guest, violate, type World } from "./world";

/** startServer is `rke2 server`: membership, then 9345, then 6443, then this machine's own node. */
export async function startServer(world: World, guest: Guest, version: string): Promise<RunningService> {
  const config = readConfig(guest.root, "server");
  checkStart(guest, config, "server", version);
  const kubelet = describeKubelet(guest, config, "server", version);
  const { cluster, member } = await becomeMember(world, guest, config, kubelet);
  const detach = await listen(world, { cluster, member }, config, kubelet);
  let die: (reason: string) => void = () => undefined;
  const died = new Promise<string>((resolve) => (die = resolve));
  member.evict = () => {
    die("this server was removed from the etcd cluster");
  };
  member.alive = true;
  cluster.changed();

  const stop = async (): Promise<void> => {
    world.kubelets.stop(kubelet.bootId);
    cluster.stopped(member);
    await detach();
  };
  try {
    const plane = await cluster.plane;
    await cluster.manifests.apply(guest.root, plane, (text) => {
      violate(world, `${guest.machine}: ${text}`);
    });
    cluster.changed();
    cluster.admit(kubelet.name, nodePassword(guest.root));
    await plane.registerNode(serverRegistration(kubelet));
    world.kubelets.start(kubelet.bootId);
  } catch (error) {
    await stop();
    throw error;
  }
  guest.console.say(`rke2: server ${kubelet.name} ${version} is running`);
  return { died, stop };
}

async function listen(
  world: World,
  { cluster }: Membership,
  config: Rke2Config,
  kubelet: Kubelet,
): Promise<() => Promise<void>> {
  const { server } = cluster.options.authorities;
  const names = new Set([
    "127.0.0.1",
    "localhost",
    kubelet.name,
    kubelet.address,
    ...config.list("tls-san"),
    ...serviceNames(config),
  ]);
  const serving = await serverCertificate(server, "rke2", [...names]);
  const plane = await cluster.plane;
  const apiServer = await plane.serve({ ...serving, names: [...names] });
  const supervisor = await world.network.attach(
    kubelet.address,
    9345,
    createSupervisor(world, cluster, serving),
  );
  const api = await world.network.attach(kubelet.address, 6443, apiServer).catch(async (error: unknown) => {
    await supervisor();
    throw error;
  });
  return async () => {
    await api();
    await supervisor();
  };
}

/** serviceNames: the API's own Service, which has the first address of the service range. */
function serviceNames(config: Rke2Config): string[] {
  const range = config.text("service-cidr") ?? "10.43.0.0/16";
  const base = range.split("/")[0] ?? "";
  if (!isIPv4(base)) throw new Error(`invalid service-cidr ${range}`);
  const first = base.replace(/\d+$/, (last) => String(Number(last) + 1));
  return [
    first,
    "kubernetes",
    "kubernetes.default",
    "kubernetes.default.svc",
    `kubernetes.default.svc.${config.text("cluster-domain") ?? "cluster.local"}`,
  ];
}
