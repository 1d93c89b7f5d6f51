import { follow } from "../../trace/follow";
import type { End } from "../../trace/trace";
import type { ClusterObjects } from "./contract";
import { tracedObjects } from "./traced";

/** Visit is one request, without a body. */
export interface Visit {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  /** through the proxy in front with this address; absent = straight to the load balancer. */
  readonly through?: string;
}

/** Tally of visits: how often each answered, and every failure in words. */
export interface Tally {
  /** by `service <name>`, `redirect <status>` or `outside <host>`. */
  readonly by: ReadonlyMap<string, number>;
  readonly failures: readonly string[];
}

/** Visitor of a cluster comes from outside, to the load balancer's address. */
export interface Visitor {
  /** visit so many times, some of them at once unless it is said how many. */
  visit(visit: Visit, times: number, atOnce?: number): Promise<Tally>;
}

/** followingVisitor stands in for a request: it follows the objects, and says who would answer. */
export function followingVisitor(cluster: ClusterObjects): Visitor {
  return {
    async visit({ url, method, headers }, times) {
      const { end } = follow(tracedObjects(await cluster.objects()), { url: new URL(url), method, headers });
      return tallyOfEnd(end, times);
    },
  };
}

/** tallyOfEnd of a way that so many requests would take. */
export function tallyOfEnd(end: End, times: number): Tally {
  const all = (answer: string): Tally => ({ by: new Map([[answer, times]]), failures: [] });
  if (end.kind === "redirected") return all(`redirect ${end.status}`);
  if (end.kind === "left") return all(`outside ${end.host}`);
  if (end.kind === "lost") return { by: new Map(), failures: [end.why] };
  return {
    by: new Map(end.by.map(({ service, percent }) => [`service ${service}`, (times * percent) / 100])),
    failures: [],
  };
}
