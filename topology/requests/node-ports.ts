import type { Cluster } from "../../config/model";
import { bounds, folded } from "../bounds";
import type { End } from "../picture";
import type { Piece } from "./piece";
import type { ServiceAt } from "./services";

/** nodePortsPiece: ports that every node answers at, for services of type NodePort. */
export function nodePortsPiece({ services }: Cluster, serviceAt: ServiceAt): Piece & { readonly at?: End } {
  const ports = services.flatMap((service) => {
    if (service.kind === "external" || service.exposure?.type !== "NodePort") return [];
    return service.exposure.ports.map(({ transport, nodePort }) => ({
      text: `${transport} ${nodePort ?? "any port"}`,
      note: service.name,
      to: serviceAt(service.name),
    }));
  });
  if (ports.length === 0) return { boxes: [], arrows: [] };
  const { shown, more } = folded(ports, bounds.addresses);
  const rowOf = (index: number) => (index < shown.length ? `port-${index}` : "more");
  return {
    boxes: [
      {
        id: "node-ports",
        kind: "pool",
        title: "Node ports",
        lines: ["at every node's address"],
        rows: [
          ...shown.map(({ text, note }, index) => ({ id: rowOf(index), text, note })),
          ...(more === 0 ? [] : [{ id: "more", text: `and ${more} more`, note: "" }]),
        ],
      },
    ],
    arrows: ports.map(({ to }, index) => ({ from: { box: "node-ports", row: rowOf(index) }, to })),
    at: { box: "node-ports" },
  };
}
