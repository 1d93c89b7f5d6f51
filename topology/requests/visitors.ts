import type { Cluster } from "../../config/model";
import { splitHorizon, throughEdge } from "../../config/split-horizon";
import { counted } from "../../config/words";
import type { Arrow, Box, End } from "../picture";
import type { Piece } from "./piece";
import type { EntranceAt } from "./pools";

export interface Entries {
  readonly edge: End | undefined;
  readonly pools: EntranceAt;
  readonly nodePorts: End | undefined;
}

/** visitorsPiece: who asks. Outside, DNS leads to the proxy in front; inside, to where a name is served. */
export function visitorsPiece(cluster: Cluster, entries: Entries): Piece {
  const outside = outsidePiece(cluster, entries);
  const inside = insidePiece(cluster, entries);
  return { boxes: [...outside.boxes, ...inside.boxes], arrows: [...outside.arrows, ...inside.arrows] };
}

function outsidePiece(cluster: Cluster, { edge: to }: Entries): Piece {
  if (cluster.edge === undefined || to === undefined) return { boxes: [], arrows: [] };
  const lines = dnsLines(throughEdge(cluster), cluster.edge.address);
  return { boxes: [visitorBox("outside", "Browser", lines)], arrows: [{ from: { box: "outside" }, to }] };
}

function insidePiece(cluster: Cluster, { pools, nodePorts }: Entries): Piece {
  const { ingress, services } = cluster;
  const names = splitHorizon(cluster).flatMap(([name, address]) =>
    address === ingress?.address ? [name] : [],
  );
  const direct = services.flatMap((service) =>
    service.kind !== "external" &&
    service.exposure?.type === "LoadBalancer" &&
    service.exposure.address !== undefined
      ? [service.exposure.address]
      : [],
  );
  const ends = [
    ...(ingress === undefined || names.length === 0 ? [] : [pools(ingress.address)]),
    ...direct.map(pools),
    nodePorts,
  ].flatMap((to) => (to === undefined ? [] : [to]));
  if (ends.length === 0) return { boxes: [], arrows: [] };
  const lines =
    ingress === undefined || names.length === 0 ? ["by address"] : dnsLines(names, ingress.address);
  return {
    boxes: [visitorBox("inside", "Browser inside", lines)],
    arrows: ends.map((to): Arrow => ({ from: { box: "inside" }, to })),
  };
}

function visitorBox(id: string, title: string, lines: readonly string[]): Box {
  return { id, kind: "visitor", title, lines, rows: [] };
}

function dnsLines(names: readonly string[], address: string): string[] {
  const [first = ""] = names;
  return [`DNS: ${names.length === 1 ? first : counted(names.length, "name")}`, `is ${address}`];
}
