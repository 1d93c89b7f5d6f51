import { knows } from "../../trace/edge";
import { follow, followFromEdge } from "../../trace/follow";
import type { Request, Step, Way } from "../../trace/trace";
import type { TracedCluster } from "./cluster";

/** Traced, the way of a request in one cluster. */
export interface Traced {
  readonly cluster: TracedCluster;
  readonly way: Way<Step>;
  /** begins at the edge; inside, because it was asked for so; or there only, because no edge has this URL. */
  readonly begins: "edge" | "inside" | "inside only";
}

/** bestWay of a request: in the first cluster where it ends well, else in the one where it gets furthest. */
export function bestWay(clusters: readonly TracedCluster[], request: Request, inside: boolean): Traced {
  const traced = clusters.map((cluster) => tracedIn(cluster, request, inside));
  const best = traced.find(({ way }) => way.end.kind !== "lost") ?? furthest(traced);
  if (best === undefined) throw new Error("a file without clusters passed the rules");
  return best;
}

/** traced from the edge where it has this URL, else from the load balancer. */
function tracedIn(cluster: TracedCluster, request: Request, inside: boolean): Traced {
  const { edge, objects } = cluster;
  if (inside || edge === undefined || !knows(edge, request.url))
    return { cluster, way: follow(objects, request), begins: inside ? "inside" : "inside only" };
  return { cluster, way: followFromEdge(edge, objects, request), begins: "edge" };
}

/** furthest way, where none arrives. */
function furthest(traced: readonly Traced[]): Traced | undefined {
  return traced.toSorted((a, b) => b.way.hops.length - a.way.hops.length)[0];
}
