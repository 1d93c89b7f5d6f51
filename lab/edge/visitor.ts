import { followFromEdge } from "../../trace/follow";
import type { ClusterObjects } from "../kubernetes/contract";
import type { LabKubernetes } from "../kubernetes/lab-kubernetes";
import { type Received, send, tallyOf, visitorAddress } from "../kubernetes/real/requests";
import { tracedObjects } from "../kubernetes/traced";
import { tallyOfEnd, type Visitor } from "../kubernetes/visitor";
import type { LabAuthority } from "../network";
import type { LabEdge } from "./contract";

export interface BehindEdge {
  readonly kubernetes: LabKubernetes;
  readonly cluster: ClusterObjects;
  readonly authority: LabAuthority;
}

/**
 * edgeVisitor comes to the proxy in front: with a real nginx by real requests, whose certificate is checked against the
 * lab's authority; without one its hosts are followed.
 */
export function edgeVisitor(edge: LabEdge, { kubernetes, cluster, authority }: BehindEdge): Visitor {
  return {
    async visit(visit, times, atOnce) {
      const url = new URL(visit.url);
      if (edge.nginx === "left out") {
        const objects = tracedObjects(await cluster.objects());
        const request = { ...visit, url, from: visitorAddress };
        return tallyOfEnd(followFromEdge(edge.records(), objects, request).end, times);
      }
      const stopAnswering = await kubernetes.answer(cluster, authority);
      try {
        const port = Number(url.port || (url.protocol === "https:" ? "443" : "80"));
        const received = await send({ address: edge.address, port }, visit, times, {
          authority: authority.certificatePem,
          ...(atOnce === undefined ? {} : { atOnce }),
        });
        return tallyOf(received.map(seenAsVisitor));
      } finally {
        await stopAnswering();
      }
    },
  };
}

/** seenAsVisitor: a pod that was told another address than the visitor's was told a wrong one. */
function seenAsVisitor(received: Received): Received {
  if (received.answer === undefined) return received;
  const [told = ""] = [received.answer.headers["x-forwarded-for"] ?? ""].flat();
  const first = told.split(",")[0]?.trim();
  if (first === visitorAddress) return received;
  return { ...received, failure: `the pod was told that ${first || "nobody"} asks, not ${visitorAddress}` };
}
