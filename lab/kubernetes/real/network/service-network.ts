import type { KubernetesObjectLike } from "../../contract";
import type { Client } from "../client";
import { watch, type Watched } from "../watch";
import { addresses } from "./addresses";
import { isReady } from "./announcement";
import { type Door, doorsOf } from "./doors";
import type { Endpoint } from "./endpoints";
import { type Forwarder, startForwarder } from "./forwarder";
import { isAbsent } from "../pods/absent";
import { textAt } from "../../json";
import type { Webhooks } from "../webhooks";

export interface ServiceNetworkOptions {
  readonly client: Client;
  /** api, the door of the Service kubernetes, whose endpoint is on loopback. */
  readonly api: { readonly address: string; readonly port: number };
  readonly webhooks: Webhooks;
  readonly report: (text: string) => void;
}

/** ServiceNetwork stands in for kube-proxy and for MetalLB's speakers, inside the lab's network namespace. */
export interface ServiceNetwork {
  close(): Promise<void>;
}

export async function startServiceNetwork(options: ServiceNetworkOptions): Promise<ServiceNetwork> {
  const { client, webhooks, report } = options;
  const doors = new Doors(report);
  const fixed: Door = {
    address: options.api.address,
    port: 443,
    endpoints: [{ address: "127.0.0.1", port: options.api.port, node: "" }],
    masquerade: "127.0.0.1",
  };
  let isWhole = false;
  const changed = (): void => {
    if (isWhole) doors.set([fixed, ...doorsOf(current())]);
  };
  const kind = (apiVersion: string, name: string): Promise<Watched> =>
    watch(client, { apiVersion, kind: name }, { changed });
  const [services, slices, nodes, pods, pools, advertisements] = await Promise.all([
    kind("v1", "Service"),
    kind("discovery.k8s.io/v1", "EndpointSlice"),
    kind("v1", "Node"),
    kind("v1", "Pod"),
    kind("metallb.io/v1beta1", "IPAddressPool"),
    kind("metallb.io/v1beta1", "L2Advertisement"),
  ]);
  const current = () => ({
    services: services.all(),
    slices: slices.all(),
    nodes: nodes.all(),
    pools: pools.all(),
    advertisements: advertisements.all(),
    speakers: new Set(pods.all().filter(isSpeaker).map(nodeOf)),
    admitting: (service: KubernetesObjectLike, endpoints: readonly Endpoint[]) => {
      if (!webhooks.isOf(service)) return undefined;
      const absent = new Set(
        pods
          .all()
          .filter(isAbsent)
          .map((pod) => textAt(pod, "status", "podIP")),
      );
      const isServed = endpoints.some(({ address }) => !absent.has(address));
      return isServed ? undefined : { address: "127.0.0.1", port: webhooks.port };
    },
  });
  isWhole = true;
  changed();
  return {
    async close() {
      isWhole = false;
      for (const watched of [services, slices, nodes, pods, pools, advertisements]) watched.close();
      await doors.close();
    },
  };
}

function isSpeaker(pod: KubernetesObjectLike): boolean {
  const labels = pod.metadata.labels ?? {};
  const isOne =
    labels["app.kubernetes.io/name"] === "metallb" && labels["app.kubernetes.io/component"] === "speaker";
  return isOne && isReady(pod);
}

function nodeOf(pod: KubernetesObjectLike): string {
  return textAt(pod, "spec", "nodeName") ?? "";
}

interface OpenDoor {
  door: Door;
  turn: number;
  readonly forwarder: Forwarder;
  readonly release: () => Promise<void>;
}

/** Doors are opened and shut one after another, as the newest wish says. */
class Doors {
  private readonly open = new Map<string, OpenDoor>();
  private wish: readonly Door[] = [];
  private work: Promise<void> | undefined;

  constructor(private readonly report: (text: string) => void) {}

  set(wish: readonly Door[]): void {
    this.wish = wish;
    this.work ??= this.follow().finally(() => {
      this.work = undefined;
    });
  }

  async close(): Promise<void> {
    this.set([]);
    await this.work;
  }

  private async follow(): Promise<void> {
    for (let done: readonly Door[] | undefined; done !== this.wish;) {
      done = this.wish;
      const wanted = new Map(done.map((door) => [`${door.address}:${door.port}`, door]));
      for (const [name, { forwarder, release }] of [...this.open]) {
        if (wanted.has(name)) continue;
        this.open.delete(name);
        if (done.length === 0) forwarder.close();
        else forwarder.retire();
        await release();
      }
      for (const [name, door] of wanted) {
        const already = this.open.get(name);
        if (already !== undefined) already.door = door;
        else
          await this.openDoor(name, door).catch((error: unknown) => {
            this.report(`${name} cannot be opened in the lab: ${String(error)}`);
          });
      }
    }
  }

  private async openDoor(name: string, door: Door): Promise<void> {
    const release = await addresses.hold(door.address);
    const own = (): OpenDoor | undefined => this.open.get(name);
    try {
      const forwarder = await startForwarder(door, (client) => {
        const found = own();
        return found === undefined ? undefined : this.choose(found, client);
      });
      this.open.set(name, { door, turn: 0, forwarder, release });
    } catch (error) {
      await release();
      throw error;
    }
  }

  /** choose endpoints in turn, and keep the client's address where it is the namespace's own. */
  private choose(open: OpenDoor, client: string) {
    const { endpoints, masquerade } = open.door;
    const backend = endpoints[open.turn++ % endpoints.length];
    if (backend === undefined) return undefined;
    const from = masquerade ?? client;
    return { backend, from: from === "127.0.0.1" || addresses.has(from) ? from : undefined };
  }
}
