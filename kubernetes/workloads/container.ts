import type { Container, EnvironmentVariable, Hook, Probe, Resources } from "../../config/model/services";
import type { Json } from "../object";
import { omitEmpty } from "../omit-empty";
import { containerSecurity } from "./security";
import { cpuQuantity, memoryQuantity } from "./quantity";

/** containerObject, one entry of `containers` or `initContainers`. */
export function containerObject(container: Container): Json {
  const { probes, lifecycle } = container;
  return {
    name: container.name,
    image: container.image,
    restartPolicy: container.sidecar ? "Always" : undefined,
    command: omitEmpty(container.command),
    args: omitEmpty(container.args),
    ports: omitEmpty(
      container.ports.map(({ name, port, transport }) => ({
        name,
        containerPort: port,
        protocol: transport,
      })),
    ),
    env: omitEmpty(container.env.map(environmentVariable)),
    resources: resources(container.resources),
    startupProbe: probes.startup && probe(probes.startup),
    livenessProbe: probes.liveness && probe(probes.liveness),
    readinessProbe: probes.readiness && probe(probes.readiness),
    lifecycle: omitEmpty({
      ...(lifecycle.postStart === undefined ? {} : { postStart: hook(lifecycle.postStart) }),
      ...(lifecycle.preStop === undefined ? {} : { preStop: hook(lifecycle.preStop) }),
    }),
    securityContext: containerSecurity(container.writableRoot),
    volumeMounts: omitEmpty(
      container.mounts.map(({ path, volume, readOnly }) => ({
        name: volume,
        mountPath: path,
        readOnly: omitEmpty(readOnly),
      })),
    ),
  };
}

function environmentVariable(variable: EnvironmentVariable): Json {
  const { name } = variable;
  if ("value" in variable) return { name, value: omitEmpty(variable.value) };
  if ("secret" in variable)
    return { name, valueFrom: { secretKeyRef: { name: variable.secret, key: variable.key } } };
  if ("configMap" in variable)
    return { name, valueFrom: { configMapKeyRef: { name: variable.configMap, key: variable.key } } };
  return { name, valueFrom: { fieldRef: { fieldPath: variable.field } } };
}

function resources({ requests, limits }: Resources): Json {
  return {
    requests: { cpu: cpuQuantity(requests.cpu), memory: memoryQuantity(requests.memory) },
    limits: omitEmpty({
      ...(limits.cpu === undefined ? {} : { cpu: cpuQuantity(limits.cpu) }),
      ...(limits.memory === undefined ? {} : { memory: memoryQuantity(limits.memory) }),
    }),
  };
}

function probe({ check, ...times }: Probe): { readonly [key: string]: Json | undefined } {
  return {
    ...checkOf(check),
    initialDelaySeconds: omitEmpty(times.initialDelaySeconds),
    periodSeconds: times.periodSeconds,
    timeoutSeconds: times.timeoutSeconds,
    failureThreshold: times.failureThreshold,
    successThreshold: times.successThreshold,
  };
}

function checkOf(check: Probe["check"]): { readonly [key: string]: Json } {
  switch (check.kind) {
    case "http":
      return { httpGet: { path: check.path, port: check.port, scheme: check.scheme } };
    case "tcp":
      return { tcpSocket: { port: check.port } };
    case "grpc":
      return { grpc: { port: check.port } };
    case "exec":
      return { exec: { command: check.command } };
  }
}

/** hook; `sleep` is the kubelet's own, so the image needs no shell. Source: KEP-3960 */
function hook(hook: Hook): Json {
  switch (hook.kind) {
    case "sleep":
      return { sleep: { seconds: hook.seconds } };
    case "exec":
      return { exec: { command: hook.command } };
    case "http":
      return { httpGet: { path: hook.path, port: hook.port, scheme: "HTTP" } };
  }
}
