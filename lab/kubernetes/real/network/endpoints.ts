import type { Json, KubernetesObjectLike } from "../../contract";
import { at, listAt, numberAt, textAt, textsAt } from "../../json";
import type { Backend } from "./forwarder";

/** Endpoint is one pod behind one port of a Service. */
export interface Endpoint extends Backend {
  readonly node: string;
}

/** endpointsOf a Service's port: those that are ready, else those that end but still serve (kube-proxy, KEP-1669). */
export function endpointsOf(
  { metadata }: KubernetesObjectLike,
  portName: string,
  slices: readonly KubernetesObjectLike[],
): readonly Endpoint[] {
  const own = slices.filter(
    (slice) =>
      slice.metadata.namespace === metadata.namespace &&
      slice.metadata.labels?.["kubernetes.io/service-name"] === metadata.name,
  );
  const found = own.flatMap((slice) => endpointsIn(slice, portName));
  const ready = found.filter(({ condition }) => condition === "ready");
  const chosen = ready.length > 0 ? ready : found.filter(({ condition }) => condition === "ending");
  return chosen.map(({ address, port, node }) => ({ address, port, node }));
}

function endpointsIn(slice: KubernetesObjectLike, portName: string) {
  const entry = listAt(slice, "ports").find((candidate) => (textAt(candidate, "name") ?? "") === portName);
  const port = numberAt(entry, "port");
  if (port === undefined) return [];
  return listAt(slice, "endpoints").flatMap((endpoint) => {
    const [address] = textsAt(endpoint, "addresses");
    const condition = conditionOf(endpoint);
    if (address === undefined || condition === undefined) return [];
    return [{ address, port, node: textAt(endpoint, "nodeName") ?? "", condition }];
  });
}

/** conditionOf an endpoint; what is not said counts as ready. */
function conditionOf(endpoint: Json): "ready" | "ending" | undefined {
  if (at(endpoint, "conditions", "ready") !== false) return "ready";
  const serves = at(endpoint, "conditions", "serving") === true;
  return serves && at(endpoint, "conditions", "terminating") === true ? "ending" : undefined;
}
