import type { Step } from "../step";
import type { Subject } from "../subject";
import { circuitBreaker } from "./circuit-breaker";
import { deploy } from "./deploy";
import { destroy, unprotect } from "./destroy";
import { editedCloudInit } from "./edited-cloud-init";
import { newVersion } from "./new-version";
import { oldCluster } from "./old-cluster";
import { oneMoreRoute } from "./one-more-route";
import { oneMoreWorker } from "./one-more-worker";
import { planAgain } from "./plan-again";
import { rebuildLoadBalancer } from "./rebuild-load-balancer";
import { rebuildServers } from "./rebuild-servers";
import { requests } from "./requests";
import { retries } from "./retries";
import { upgrade } from "./upgrade";

/**
 * stepsOf a rehearsal, in the order in which an operator would take them: those that the file gives something to do.
 * Only pods that are really asked can refuse or fail.
 */
export function stepsOf(subject: Subject): Step[] {
  const {
    original,
    oneMoreRoute: route,
    newVersion: version,
    upgraded,
    initialiseAllowed,
    kubernetes,
  } = subject;
  const asked = original.clusters.flatMap((cluster) => cluster.requests);
  const isSent = kubernetes === "real";
  return [
    deploy,
    planAgain,
    oneMoreWorker,
    ...(route === undefined ? [] : [oneMoreRoute(route)]),
    ...(asked.length === 0 ? [] : [requests]),
    ...(isSent && asked.some(({ isRetried }) => isRetried) ? [retries] : []),
    ...(isSent && asked.some(({ breaker }) => breaker !== undefined) ? [circuitBreaker] : []),
    ...(version === undefined ? [] : [newVersion(version)]),
    ...(upgraded === undefined ? [] : [upgrade(upgraded)]),
    editedCloudInit,
    rebuildServers,
    ...(original.clusters.some(({ loadBalancers }) => loadBalancers.length > 0) ? [rebuildLoadBalancer] : []),
    ...(initialiseAllowed === undefined ? [] : [oldCluster(initialiseAllowed)]),
    unprotect,
    destroy,
  ];
}
