import type { Draft } from "../draft";
import type { Reservation } from "../draft/reservations";
import { poolWith } from "../draft/load-balancer";
import { printRange } from "../network";
import { error, warning } from "../problem";
import type { Place, Problem } from "../problem";
import { listOf } from "../words";

/**
 * exposure: node ports and addresses of the load balancer, each asked for once and from where they are. No engine and
 * no pool needs kube-proxy: where Cilium replaces it, Cilium serves node ports and addresses of the load balancer.
 */
export function exposure(drafts: readonly Draft[]): Problem[] {
  return drafts.flatMap((draft) => [
    ...nodePortsOutside(draft),
    ...nodePortsTwice(draft),
    ...outsidePools(draft),
    ...addressesTwice(draft),
    ...onePodAnswers(draft),
    ...carriedByNothing(draft),
  ]);
}

interface NodePort {
  readonly number: number;
  readonly transport: string;
  readonly service: string;
  readonly place: Place;
}

function nodePortsOf(draft: Draft): NodePort[] {
  return draft.services.flatMap(({ name, keys, exposure: exposed }) =>
    (exposed?.ports ?? []).flatMap(({ nodePort, transport }) =>
      nodePort === undefined
        ? []
        : [{ number: nodePort, transport, service: name, place: draft.at(...keys, "expose", "nodePort") }],
    ),
  );
}

/** first and last of the node ports that RKE2 opens (service-node-port-range). */
const first = 30000;
const last = 32767;

function nodePortsOutside(draft: Draft): Problem[] {
  return nodePortsOf(draft)
    .filter(({ number }) => number < first || number > last)
    .map(({ number, place }) =>
      error("exposure/node-port-outside", [place], {
        found: `${number}`,
        why: `nodes open ports from ${first} to ${last} for Services`,
        fix: `set ${place.keys.join(".")} to ${first + (number % 86)}`,
      }),
    );
}

function nodePortsTwice(draft: Draft): Problem[] {
  const seen = new Map<string, NodePort>();
  const ports = nodePortsOf(draft);
  return ports.flatMap((port): Problem[] => {
    const key = `${port.transport} ${port.number}`;
    const earlier = seen.get(key);
    if (earlier === undefined) {
      seen.set(key, port);
      return [];
    }
    const taken = new Set(ports.map(({ number }) => number));
    const free =
      Array.from({ length: 86 }, (_, index) => first + index).find((each) => !taken.has(each)) ?? first;
    return [
      error("exposure/node-port-twice", [port.place, earlier.place], {
        found: `${port.number} for ${port.service} and ${earlier.service}`,
        why: "every node opens a port for one Service only",
        fix: `set ${port.place.keys.join(".")} to ${free}`,
      }),
    ];
  });
}

function outsidePools(draft: Draft): Problem[] {
  const ranges = draft.addressPools.flatMap(({ pool }) => pool.addresses).map(printRange);
  return draft.reservations
    .filter(({ keys }) => keys[0] !== "ingress")
    .flatMap(({ address, owner, keys, pool }): Problem[] => {
      const holder = poolWith(draft.addressPools, address);
      if (holder !== undefined && (pool === undefined || holder.name === pool)) return [];
      const wanted = draft.addressPools.find(({ name }) => name === pool);
      const place = wanted === undefined ? draft.at("loadBalancer") : draft.at(...wanted.keys, "addresses");
      const inside = wanted?.pool.addresses.map(printRange) ?? ranges;
      return [
        error("exposure/outside-pool", [draft.at(...keys), place], {
          found: `${address} for ${owner}`,
          why: `${wanted === undefined ? "the load balancer" : `pool ${wanted.name}`} has ${listOf(inside)} and nothing else`,
          fix: "ask for an address of the pool, or widen the pool",
        }),
      ];
    });
}

function addressesTwice(draft: Draft): Problem[] {
  const asked = draft.reservations.filter(({ keys }) => keys.at(-1) !== "reserved");
  return asked.flatMap((later, index) => {
    const earlier = asked.slice(0, index).find((one) => one.address === later.address && !shared(one, later));
    if (earlier === undefined) return [];
    return [
      error("exposure/address-twice", [draft.at(...later.keys), draft.at(...earlier.keys)], {
        found: `${later.address} for ${later.owner} and ${earlier.owner}`,
        why: "MetalLB gives an address to one Service, unless all of them share it by the same word",
        fix: "ask for another address, or give both services the same share",
      }),
    ];
  });
}

function shared(a: Reservation, b: Reservation): boolean {
  return a.share !== undefined && a.share === b.share;
}

/** onePodAnswers: the address is announced by nodes that run a pod of the controller, so that it sees visitors' addresses. */
function onePodAnswers({ input: { ingress }, at }: Draft): Problem[] {
  if (ingress?.replicas !== 1) return [];
  return [
    warning("exposure/one-pod-answers", [at("ingress", "replicas")], {
      found: "1",
      why: "the address is answered on the node of that pod alone (externalTrafficPolicy Local): while it restarts, by nobody",
      fix: "set ingress.replicas to 2",
    }),
  ];
}

/** carriedByNothing: what stands behind gateway-api says nothing beside another controller. */
function carriedByNothing({ input: { ingress }, at }: Draft): Problem[] {
  if (ingress?.carriedBy === undefined || ingress.controller === "gateway-api") return [];
  return [
    error("exposure/carried-by-nothing", [at("ingress", "carriedBy"), at("ingress", "controller")], {
      found: `"${ingress.carriedBy}" beside "${ingress.controller}"`,
      why: "it names what stands behind gateway-api, and nothing stands behind another controller",
      fix: 'take carriedBy out, or set ingress.controller to "gateway-api"',
    }),
  ];
}
