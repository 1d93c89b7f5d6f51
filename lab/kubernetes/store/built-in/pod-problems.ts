import type { Json, JsonObject, KubernetesObjectLike } from "../../contract";
import { at, isObject, listAt, numberAt, objectAt, scalar, textAt } from "../../json";
import { duplicate, type FieldProblem, invalidValue, notSupported, required } from "../problem";

/** templateProblems of the pods that a workload would make. */
export function templateProblems(workload: KubernetesObjectLike): readonly FieldProblem[] {
  const path =
    workload.kind === "CronJob" ? ["spec", "jobTemplate", "spec", "template"] : ["spec", "template"];
  const template = at(workload, ...path);
  if (!isObject(template)) return [required(path.join("."))];
  const policy = textAt(template, "spec", "restartPolicy");
  const runsOnce = workload.kind === "Job" || workload.kind === "CronJob";
  const allowed = runsOnce ? ["OnFailure", "Never"] : ["Always"];
  const claims = listAt(workload, "spec", "volumeClaimTemplates").flatMap(
    (claim) => textAt(claim, "metadata", "name") ?? [],
  );
  return [
    ...podProblems(template["spec"], `${path.join(".")}.spec`, claims),
    ...(policy !== undefined && !allowed.includes(policy)
      ? [notSupported(`${path.join(".")}.spec.restartPolicy`, policy, allowed)]
      : []),
  ];
}

/**
 * podProblems are what the API server refuses in a pod's spec (kubernetes: pkg/apis/core/validation). Volumes by
 * these claims come with the pod itself.
 */
export function podProblems(
  spec: Json | undefined,
  path: string,
  claims: readonly string[] = [],
): readonly FieldProblem[] {
  const containers = listAt(spec, "containers").filter(isObject);
  const first = listAt(spec, "initContainers").filter(isObject);
  const volumes = listAt(spec, "volumes").map((volume) => textAt(volume, "name") ?? "");
  return [
    ...(containers.length === 0 ? [required(`${path}.containers`)] : []),
    ...doubles(
      [...first, ...containers].map((container) => textAt(container, "name") ?? ""),
      `${path}.containers`,
    ),
    ...doubles(volumes, `${path}.volumes`),
    ...containers.flatMap((container, index) =>
      containerProblems(container, [...volumes, ...claims], `${path}.containers[${index}]`),
    ),
    ...first.flatMap((container, index) =>
      containerProblems(container, [...volumes, ...claims], `${path}.initContainers[${index}]`),
    ),
    ...first.flatMap((container, index) =>
      container["readinessProbe"] !== undefined && container["restartPolicy"] !== "Always"
        ? [
            {
              field: `${path}.initContainers[${index}].readinessProbe`,
              reason: "FieldValueForbidden" as const,
              message: "Forbidden: may not be set for init containers without restartPolicy=Always",
            },
          ]
        : [],
    ),
  ];
}

function containerProblems(
  container: JsonObject,
  volumes: readonly string[],
  path: string,
): readonly FieldProblem[] {
  const ports = listAt(container, "ports").filter(isObject);
  const probes = ["livenessProbe", "readinessProbe", "startupProbe"] as const;
  return [
    ...(textAt(container, "name") === undefined ? [required(`${path}.name`)] : []),
    ...(textAt(container, "image") === undefined ? [required(`${path}.image`)] : []),
    ...ports.flatMap((port, index) =>
      portProblems(port["containerPort"], `${path}.ports[${index}].containerPort`),
    ),
    ...doubles(
      ports.flatMap((port) => textAt(port, "name") ?? []),
      `${path}.ports`,
    ),
    ...listAt(container, "volumeMounts").flatMap((mount, index) => {
      const name = textAt(mount, "name") ?? "";
      return volumes.includes(name)
        ? []
        : [
            {
              field: `${path}.volumeMounts[${index}].name`,
              reason: "FieldValueInvalid" as const,
              message: `Not found: ${JSON.stringify(name)}`,
            },
          ];
    }),
    ...listAt(container, "env").flatMap((variable, index) =>
      textAt(variable, "name") === undefined ? [required(`${path}.env[${index}].name`)] : [],
    ),
    ...probes.flatMap((name) => probeProblems(container[name], name, `${path}.${name}`)),
    ...resourceProblems(objectAt(container, "resources"), `${path}.resources`),
  ];
}

function probeProblems(probe: Json | undefined, name: string, path: string): readonly FieldProblem[] {
  if (!isObject(probe)) return [];
  const handlers = ["httpGet", "tcpSocket", "exec", "grpc"].filter((kind) => probe[kind] !== undefined);
  const threshold = numberAt(probe, "successThreshold") ?? 1;
  return [
    ...(handlers.length === 0 ? [required(path, "must specify a handler type")] : []),
    ...(handlers.length > 1
      ? [
          {
            field: `${path}.${handlers[1] ?? ""}`,
            reason: "FieldValueForbidden" as const,
            message: "Forbidden: may not specify more than 1 handler type",
          },
        ]
      : []),
    ...(name !== "readinessProbe" && threshold !== 1
      ? [invalidValue(`${path}.successThreshold`, threshold, "must be 1")]
      : []),
  ];
}

function resourceProblems(resources: JsonObject, path: string): readonly FieldProblem[] {
  return ["limits", "requests"].flatMap((side) =>
    Object.entries(objectAt(resources, side)).flatMap(([name, value]) =>
      /^[+-]?(\d+\.?\d*|\.\d+)(([KMGTPE]i)|[numkMGTPE]|[eE][+-]?\d+)?$/.test(scalar(value) ?? "")
        ? []
        : [
            invalidValue(
              `${path}.${side}[${name}]`,
              value,
              "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
            ),
          ],
    ),
  );
}

/** portProblems of a number that must be a port. */
export function portProblems(value: Json | undefined, field: string): readonly FieldProblem[] {
  if (value === undefined) return [required(field)];
  const isPort = typeof value === "number" && Number.isInteger(value) && value > 0 && value < 65536;
  return isPort ? [] : [invalidValue(field, value, "must be between 1 and 65535, inclusive")];
}

function doubles(names: readonly string[], path: string): readonly FieldProblem[] {
  return names.flatMap((name, index) =>
    name !== "" && names.indexOf(name) !== index ? [duplicate(`${path}[${index}].name`, name)] : [],
  );
}
