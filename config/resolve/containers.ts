import { containerPorts, leavingSeconds } from "../draft/services";
import type { Container, EnvironmentVariable, Hook, Mount, Probe, Resources } from "../model/services";
import type { ContainerInput, HookInput, InitContainerInput, ProbeInput } from "../schema/containers";
import { mib, wholeSeconds } from "../units";
import type { Milliseconds } from "../units";

/** containerOf a service that stays. One with a port sleeps before it ends, until proxies have learned of its end. */
export function containerOf(name: string, input: ContainerInput, mounts: readonly Mount[]): Container {
  const { postStart, preStop } = input.lifecycle ?? {};
  const leaving: Hook | undefined =
    containerPorts(input).length > 0 ? { kind: "sleep", seconds: leavingSeconds } : undefined;
  const ending = preStop === undefined ? leaving : hookOf(name, preStop, input);
  return {
    ...plainContainerOf(name, input, mounts),
    probes: probesOf(name, input),
    lifecycle: {
      ...(postStart === undefined ? {} : { postStart: hookOf(name, postStart, input) }),
      ...(ending === undefined ? {} : { preStop: ending }),
    },
  };
}

export function initContainerOf(
  name: string,
  input: InitContainerInput,
  mounts: readonly Mount[],
): Container {
  if ("sidecar" in input) return { ...containerOf(name, input, mounts), sidecar: true };
  return plainContainerOf(name, input, mounts);
}

function plainContainerOf(name: string, input: ContainerInput, mounts: readonly Mount[]): Container {
  return {
    name,
    image: input.image,
    command: input.command ?? [],
    args: input.args ?? [],
    ports: containerPorts(input).map(({ name: port, targetPort, transport }) => {
      return { name: port, port: targetPort, transport };
    }),
    env: Object.entries(input.env ?? {}).map(([variable, value]): EnvironmentVariable => {
      return { name: variable, ...(typeof value === "string" ? { value } : value) };
    }),
    probes: {},
    lifecycle: {},
    resources: resourcesOf(input),
    mounts,
    writableRoot: input.writableRoot ?? false,
    sidecar: false,
  };
}

function probesOf(name: string, input: ContainerInput): Container["probes"] {
  const { startup, liveness, readiness } = input.probes ?? {};
  return {
    ...(startup === undefined ? {} : { startup: probeOf(name, startup, input) }),
    ...(liveness === undefined ? {} : { liveness: probeOf(name, liveness, input) }),
    ...(readiness === undefined ? {} : { readiness: probeOf(name, readiness, input) }),
  };
}

/** Times as Kubernetes has them when nothing is said. */
function probeOf(name: string, probe: ProbeInput, container: ContainerInput): Probe {
  const seconds = (duration: Milliseconds | undefined, otherwise: number): number =>
    duration === undefined ? otherwise : wholeSeconds(duration);
  return {
    check: checkOf(name, probe, container),
    initialDelaySeconds: seconds(probe.initialDelay, 0),
    periodSeconds: seconds(probe.period, 10),
    timeoutSeconds: seconds(probe.timeout, 1),
    failureThreshold: probe.failures ?? 3,
    successThreshold: probe.successes ?? 1,
  };
}

function checkOf(name: string, probe: ProbeInput, container: ContainerInput): Probe["check"] {
  if ("exec" in probe) return { kind: "exec", command: probe.exec };
  if ("http" in probe) {
    const port = probe.port ?? firstPort(name, container);
    return { kind: "http", path: probe.http, port, scheme: probe.scheme ?? "HTTP" };
  }
  const kind = "tcp" in probe ? "tcp" : "grpc";
  const asked = "tcp" in probe ? probe.tcp : probe.grpc;
  return { kind, port: asked === true ? firstPort(name, container) : asked };
}

function hookOf(name: string, hook: HookInput, container: ContainerInput): Hook {
  if ("sleep" in hook) return { kind: "sleep", seconds: wholeSeconds(hook.sleep) };
  if ("exec" in hook) return { kind: "exec", command: hook.exec };
  return { kind: "http", path: hook.http, port: hook.port ?? firstPort(name, container) };
}

/** firstPort of a container: a rule has refused a probe or hook that asks one without any. */
function firstPort(name: string, container: ContainerInput): number {
  const [first] = containerPorts(container);
  if (first === undefined) throw new Error(`container ${name} has no port and passed the rules`);
  return first.targetPort;
}

/** resourcesOf a container: what it is promised is never more than it may have. */
function resourcesOf({ resources }: ContainerInput): Resources {
  const { requests, limits } = resources ?? {};
  const cpu = requests?.cpu ?? Math.min(50, limits?.cpu ?? Infinity);
  const memory = requests?.memory ?? mib(Math.min(64, limits?.memory ?? Infinity));
  return {
    requests: { cpu, memory },
    limits: {
      ...(limits?.cpu === undefined ? {} : { cpu: limits.cpu }),
      ...(limits?.memory === undefined ? {} : { memory: limits.memory }),
    },
  };
}
