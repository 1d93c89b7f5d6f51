import type { Cluster } from "../../config/model";
import type { Edge, EdgeHost, EdgeTls } from "../../config/model/edge";
import type { Ipv4 } from "../../config/network";
import { bounds, folded } from "../bounds";
import type { End } from "../picture";
import type { Piece } from "./piece";
import type { EntranceAt } from "./pools";

/** edgePiece, the Nginx Proxy Manager: names that it passes on, those that it answers itself, and its streams. */
export function edgePiece({ edge }: Cluster, entranceAt: EntranceAt): Piece & { readonly at?: End } {
  if (edge === undefined) return { boxes: [], arrows: [] };
  const rows = rowsOf(edge);
  const { shown, more } = folded(rows, bounds.edgeRows);
  const rowOf = (index: number) => (index < shown.length ? `name-${index}` : "more");
  const led = rows.flatMap(({ to }, index) => {
    const end = to === undefined ? undefined : entranceAt(to);
    return end === undefined ? [] : [{ from: { box: "edge", row: rowOf(index) }, to: end }];
  });
  return {
    boxes: [
      {
        id: "edge",
        kind: "edge",
        title: "Nginx Proxy Manager",
        lines: [edge.address, ...(rows.length === 0 ? ["no route leads through it"] : [])],
        rows: [
          ...shown.map(({ text, note }, index) => ({ id: rowOf(index), text, note })),
          ...(more === 0 ? [] : [{ id: "more", text: `and ${more} more names`, note: "" }]),
        ],
      },
    ],
    arrows: led,
    ...(rows.length === 0 ? {} : { at: { box: "edge" } }),
  };
}

interface EdgeRow {
  readonly text: string;
  readonly note: string;
  /** to, the address of the load balancer; absent where the proxy answers itself or asks somebody else. */
  readonly to?: Ipv4;
}

function rowsOf({ hosts, redirections, notFound, streams }: Edge): EdgeRow[] {
  return [
    ...hosts.flatMap(hostRows),
    ...redirections.flatMap((each) =>
      each.hosts.map((host): EdgeRow => ({ text: host, note: `${each.status} to ${each.to.host}` })),
    ),
    ...notFound.flatMap((each) => each.hosts.map((host): EdgeRow => ({ text: host, note: "404" }))),
    ...streams.map(({ name, port, transports, to }): EdgeRow => ({
      text: `${transports.join("/")} ${port}`,
      note: `stream ${name}`,
      to: to.address,
    })),
  ];
}

function hostRows({ hosts, tls, upstream, allow, locations }: EdgeHost): EdgeRow[] {
  const [first = ""] = hosts;
  const note = [schemeOf(tls), ...(allow.length === 0 ? [] : ["some networks"])].join(", ");
  return [
    ...hosts.map((host): EdgeRow => ({ text: host, note, to: upstream.address })),
    ...locations.map(({ path, upstream: { address, port } }): EdgeRow => ({
      text: `${first}${path}`,
      note: `to ${address}:${port}`,
    })),
  ];
}

function schemeOf(tls: EdgeTls | undefined): string {
  if (tls === undefined) return "http";
  return tls.force ? "https" : "http, https";
}
