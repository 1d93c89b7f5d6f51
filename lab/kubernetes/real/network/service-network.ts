import type { KubernetesObjectLike } from "../../contract";
import type { Client } from "../client";
import { watch, type Watched } from "../watch";
import { isReady } from "./announcement";
import { type Door, doorsOf } from "./doors";
import { Doors } from "./open-doors";
import type { Endpoint } from "./endpoints";
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
