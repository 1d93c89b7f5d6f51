import { draftOf } from "./draft";
import type { Draft } from "./draft";
import { inFileOrder, placesOf, within } from "./file-order";
import type { Cluster, Model } from "./model";
import { ClusterProblems } from "./problem";
import type { Problem } from "./problem";
import { apiOf } from "./resolve/api";
import { certificatesOf, issuersOf } from "./resolve/certificates";
import { configMapsOf, namespacesOf, secretsOf } from "./resolve/contents";
import { clusterDnsOf } from "./resolve/dns";
import { edgeModelOf } from "./resolve/edge";
import { machinesOf } from "./resolve/machines";
import { addressPoolOf, ingressOf, machineProxyOf } from "./resolve/network";
import { controlPlaneOf, rke2Of } from "./resolve/rke2";
import { routeModelsOf } from "./resolve/routes";
import { serviceOf } from "./resolve/services";
import { stateOf } from "./resolve/state";
import { upgradesOf } from "./resolve/upgrades";
import { judge } from "./rules";
import { readCluster } from "./schema/problems";
import { idleWaivers, withoutAccepted } from "./waivers";

/** Resolved is a model and what an operator should know about it all the same. */
export interface Resolved {
  readonly model: Model;
  readonly warnings: readonly Problem[];
}

/** resolve turns every cluster of a file into one frozen model, or throws all that is wrong with all of them. */
export function resolve(literals: readonly unknown[], file = "cluster.ts"): Resolved {
  const read = literals.map((literal, cluster) => readCluster(literal, placesOf(literals, cluster)));
  const misread = read.flatMap(({ problems }) => problems);
  const draftsUnder = (reading: 0 | 1): Draft[] =>
    read.flatMap(({ inputs, at }) => (inputs === undefined ? [] : [draftOf(inputs[reading], at)]));
  const drafts = draftsUnder(0);
  const judged = misread.length === 0 ? judge(drafts) : inBoth(judge(drafts), judge(draftsUnder(1)), misread);
  const idle = misread.length === 0 ? idleWaivers(drafts, judged) : [];
  const problems = inFileOrder(literals, [...misread, ...withoutAccepted(drafts, judged), ...idle]);
  if (problems.some((problem) => problem.severity === "error")) throw new ClusterProblems(file, problems);
  return { model: frozen({ clusters: drafts.map(clusterOf) }), warnings: problems };
}

/** inBoth: of the problems under two readings, those that owe nothing to what stands in for a misread value. */
function inBoth(
  problems: readonly Problem[],
  others: readonly Problem[],
  misread: readonly Problem[],
): Problem[] {
  const sense = ({ code, places, found, why }: Problem) => JSON.stringify([code, places, found, why]);
  const otherwise = new Set(others.map(sense));
  const misreadPlaces = misread.flatMap(({ places }) => places);
  return problems
    .filter((problem) => otherwise.has(sense(problem)))
    .filter(({ places }) => !places.some((place) => misreadPlaces.some((other) => within(place, other))));
}

function clusterOf(draft: Draft): Cluster {
  const { input, addressPools, reservations } = draft;
  const { name, protect, network, storage } = input;
  const { loadBalancers, ...machines } = machinesOf(draft);
  const upgrades = upgradesOf(input);
  const proxy = machineProxyOf(input);
  const configMaps = configMapsOf(input);
  const secrets = secretsOf(draft);
  const ingress = ingressOf(input);
  const edge = edgeModelOf(draft);
  const routes = routeModelsOf(draft);
  const served = {
    routes,
    ...(ingress === undefined ? {} : { ingress }),
    ...(edge === undefined ? {} : { edge }),
  };
  const dns = clusterDnsOf(draft, served);
  return {
    name,
    protect: protect ?? true,
    ...machines,
    network: {
      nodes: network.nodes,
      gateway: network.gateway,
      dns: network.dns,
      ...(network.searchDomain === undefined ? {} : { searchDomain: network.searchDomain }),
      mtu: network.mtu ?? 1500,
      pods: network.pods,
      services: network.services,
      ...(proxy === undefined ? {} : { proxy }),
    },
    rke2: rke2Of(input),
    controlPlane: controlPlaneOf(input),
    api: apiOf(draft, loadBalancers),
    ...(storage === undefined ? {} : { storage }),
    ...(upgrades === undefined ? {} : { upgrades }),
    state: stateOf(input),
    loadBalancer: { pools: addressPools.map((pool) => addressPoolOf(pool, reservations)) },
    ...served,
    namespaces: namespacesOf(draft.services, [...configMaps, ...secrets]),
    services: draft.services.map(serviceOf),
    configMaps,
    secrets,
    issuers: issuersOf(input),
    certificates: certificatesOf(input),
    ...(dns === undefined ? {} : { dns }),
  };
}

function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}
