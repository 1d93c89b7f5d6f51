import type { Cluster } from "../../config/model";
import type { Exposure, Service, Workload } from "../../config/model/services";
import { counted } from "../../config/words";
import { bounds, folded } from "../bounds";
import type { Box, End } from "../picture";
import { backendsOf } from "./backends";

/** ServiceAt finds the box of a service by its name. */
export type ServiceAt = (name: string) => End;

/** moreServices, the box of all that are not drawn. */
export const moreServices = "more-services";

/** servicesPiece: what can be asked, in the order in which routes lead to it; of many, the rest is one box. */
export function servicesPiece({ routes, services }: Cluster): {
  readonly boxes: readonly Box[];
  readonly at: ServiceAt;
} {
  const routed = [...new Set(routes.flatMap(backendsOf).map(({ service }) => service))];
  const rank = (name: string) => (routed.includes(name) ? routed.indexOf(name) : routed.length);
  const asked = services.filter(isAsked).toSorted((a, b) => rank(a.name) - rank(b.name));
  const { shown, more } = folded(asked, bounds.services);
  const names = new Set(shown.map(({ name }) => name));
  return {
    boxes: [...shown.map(boxOf), ...(more === 0 ? [] : [moreBox(more)])],
    at: (name) => ({ box: names.has(name) ? idOf(name) : moreServices }),
  };
}

function isAsked(service: Service): boolean {
  return service.kind === "external" || service.exposure !== undefined;
}

function boxOf(service: Service): Box {
  return {
    id: idOf(service.name),
    kind: "service",
    title: service.name,
    lines: linesOf(service),
    rows: [],
  };
}

function moreBox(more: number): Box {
  return {
    id: moreServices,
    kind: "more",
    title: `and ${counted(more, "more service")}`,
    lines: [],
    rows: [],
  };
}

function idOf(name: string): string {
  return `service-${name}`;
}

function linesOf(service: Service): string[] {
  if (service.kind === "external") return [`outside: ${service.host}`, `port ${service.port}`];
  const pods = service.kind === "selecting" ? "pods of others" : podsOf(service.workload);
  return [`${pods}, ${portsOf(service.exposure)}`];
}

function podsOf(workload: Workload): string {
  switch (workload.kind) {
    case "Deployment":
      return counted(workload.replicas, "pod");
    case "StatefulSet":
      return `StatefulSet, ${counted(workload.replicas, "pod")}`;
    case "DaemonSet":
      return "a pod on each node";
    case "Job":
    case "CronJob":
      return workload.kind;
  }
}

function portsOf(exposure: Exposure | undefined): string {
  const ports = exposure?.ports.map(({ port }) => port) ?? [];
  return ports.length === 1 ? `port ${ports.join()}` : `ports ${ports.join(", ")}`;
}
