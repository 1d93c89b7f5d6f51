import type { Exposure, ServicePort } from "../model/services";
import type { ClusterInput } from "../schema";
import type { ContainerInput, PortsInput } from "../schema/containers";
import type { ServiceInput } from "../schema/services";
import type { WorkloadInput } from "../schema/workloads";

/** DraftService is one entry of `services`, and the Service that it makes. */
export interface DraftService {
  readonly name: string;
  readonly namespace: string;
  readonly kind: "Deployment" | "StatefulSet" | "DaemonSet" | "Job" | "CronJob" | "selecting" | "external";
  readonly input: ServiceInput;
  readonly keys: readonly string[];
  /** ports of the Service; the first is what routes lead to. None = nothing can lead to it. */
  readonly ports: readonly ServicePort[];
  /** exposure of the Service; absent = there is none, or it is a name outside. */
  readonly exposure?: Exposure;
}

/** defaultNamespace of what the file says no other for. */
export const defaultNamespace = "apps";

export function servicesOf(input: ClusterInput): DraftService[] {
  return Object.entries(input.services ?? {}).map(([name, service]): DraftService => {
    const draft = {
      name,
      namespace: service.namespace ?? defaultNamespace,
      input: service,
      keys: ["services", name],
    };
    if ("external" in service) {
      const protocol = service.protocol ?? (service.port === 443 ? "https" : "http");
      const port: ServicePort = {
        name: protocol,
        port: service.port,
        targetPort: service.port,
        transport: "TCP",
        protocol,
      };
      return { ...draft, kind: "external", ports: [port] };
    }
    const kind = "selects" in service ? "selecting" : (service.kind ?? "Deployment");
    if (kind === "Job" || kind === "CronJob") return { ...draft, kind, ports: [] };
    const ports = portsOf("selects" in service ? [service] : Object.values(containersOf(service)));
    const exposure = exposureOf("expose" in service ? service.expose : undefined, ports);
    return { ...draft, kind, ports: exposure.ports, ...(ports.length === 0 ? {} : { exposure }) };
  });
}

/** nameLabel, by which a service's pods are found. */
export const nameLabel = "app.kubernetes.io/name";

/** leavingSeconds that a container with a port sleeps before it ends, until proxies have learned of its end. */
export const leavingSeconds = 5;

/** containersOf a workload by name: one container has the service's. */
export function containersOf(
  workload: WorkloadInput,
  name = "container",
): Readonly<Record<string, ContainerInput>> {
  return "containers" in workload ? workload.containers : { [name]: workload };
}

/** Running is a container that serves as long as its pod: one of the service's own, or a sidecar. */
export interface Running {
  readonly input: ContainerInput;
  readonly keys: readonly string[];
}

export function runningIn({ input, keys, name }: DraftService): Running[] {
  if ("selects" in input || "external" in input) return [];
  const several = "containers" in input;
  return [
    ...Object.entries(containersOf(input, name)).map(([container, each]) => ({
      input: each,
      keys: several ? [...keys, "containers", container] : keys,
    })),
    ...Object.entries(input.init ?? {}).flatMap(([container, each]) =>
      "sidecar" in each ? [{ input: each, keys: [...keys, "init", container] }] : [],
    ),
  ];
}

/** containerPorts of one container or of what selects others: the unnamed one first. */
export function containerPorts({ port, ports, protocol }: WithPorts): Omit<ServicePort, "nodePort">[] {
  const unnamed = port === undefined ? [] : [portOf(protocol ?? "http", { port, protocol })];
  const named = Object.entries(ports ?? {}).map(([name, one]) => {
    return portOf(name, typeof one === "number" ? { port: one } : one);
  });
  return [...unnamed, ...named];
}

type WithPorts = Pick<ContainerInput, "port" | "ports" | "protocol">;

function portsOf(containers: readonly WithPorts[]): Omit<ServicePort, "nodePort">[] {
  return containers.flatMap(containerPorts);
}

function portOf(name: string, written: Exclude<PortsInput[string], number>): Omit<ServicePort, "nodePort"> {
  const { port, transport, protocol } = written;
  return { name, port, targetPort: port, transport: transport ?? "TCP", protocol: protocol ?? "http" };
}

function exposureOf(
  written: Extract<ServiceInput, { expose?: unknown }>["expose"],
  ports: readonly Omit<ServicePort, "nodePort">[],
): Exposure {
  if (written === undefined || typeof written === "string") {
    return { type: written ?? "ClusterIP", ports, externalTrafficPolicy: "Cluster" };
  }
  const nodePorts = written.type === "NodePort" ? written.nodePort : undefined;
  const numbered = ports.map((port, index): ServicePort => {
    const nodePort =
      typeof nodePorts === "object" ? nodePorts[port.name] : index === 0 ? nodePorts : undefined;
    return {
      ...port,
      ...(index === 0 && written.port !== undefined ? { port: written.port } : {}),
      ...(nodePort === undefined ? {} : { nodePort }),
    };
  });
  const keeps = written.type !== "ClusterIP" && written.keepVisitorAddress === true;
  return {
    type: written.type,
    ports: numbered,
    ...(written.type === "LoadBalancer" ? askedOf(written) : {}),
    externalTrafficPolicy: keeps ? "Local" : "Cluster",
  };
}

function askedOf({
  address,
  pool,
  share,
}: {
  readonly address?: Exposure["address"] | undefined;
  readonly pool?: string | undefined;
  readonly share?: string | undefined;
}): Pick<Exposure, "address" | "pool" | "share"> {
  return {
    ...(address === undefined ? {} : { address }),
    ...(pool === undefined ? {} : { pool }),
    ...(share === undefined ? {} : { share }),
  };
}
