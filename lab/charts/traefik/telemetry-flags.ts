import { bare, flag, flagsOf, onlyTrue, sorted } from "./flags";
import type { TraefikValues } from "./values";

export function prometheusFlags({ addInternals, prometheus }: TraefikValues["metrics"]): string[] {
  if (prometheus === undefined || prometheus === null) return bare("metrics.addinternals", addInternals);
  const path = "metrics.prometheus";
  return [
    ...bare("metrics.addinternals", addInternals),
    `--${path}=true`,
    `--${path}.entrypoint=${prometheus.entryPoint}`,
    ...onlyTrue(`${path}.addRoutersLabels`, prometheus.addRoutersLabels),
    ...flag(`${path}.addEntryPointsLabels`, prometheus.addEntryPointsLabels),
    ...flag(`${path}.addServicesLabels`, prometheus.addServicesLabels),
    ...flag(`${path}.buckets`, prometheus.buckets),
    ...onlyTrue(`${path}.manualrouting`, prometheus.manualRouting),
    ...sorted(prometheus.headerLabels).flatMap(([name, header]) =>
      flag(`${path}.headerlabels.${name}`, header),
    ),
  ];
}

export function tracingFlags(tracing: TraefikValues["tracing"]): string[] {
  const { otlp } = tracing;
  return [
    ...bare("tracing.addinternals", tracing.addInternals),
    ...flag("tracing.sampleRate", tracing.sampleRate),
    ...flag("tracing.serviceName", tracing.serviceName),
    ...sorted(tracing.resourceAttributes).flatMap(([name, value]) =>
      flag(`tracing.resourceAttributes.${name}`, value),
    ),
    ...flag("tracing.capturedRequestHeaders", tracing.capturedRequestHeaders),
    ...flag("tracing.capturedResponseHeaders", tracing.capturedResponseHeaders),
    ...flag("tracing.safeQueryParams", tracing.safeQueryParams),
    ...(otlp?.enabled === true
      ? ["--tracing.otlp=true", ...targetFlags("http", otlp.http), ...targetFlags("grpc", otlp.grpc)]
      : []),
  ];
}

type Target = NonNullable<TraefikValues["tracing"]["otlp"]>["http" | "grpc"];

function targetFlags(kind: "http" | "grpc", target: Target): string[] {
  if (target?.enabled !== true) return [];
  const { enabled, ...settings } = target;
  return [...onlyTrue(`tracing.otlp.${kind}`, enabled), ...flagsOf(`tracing.otlp.${kind}`, settings)];
}

export function logFlags({ format, level, noColor }: TraefikValues["log"]): string[] {
  return [
    ...flag("log.format", format),
    ...(format === "json" ? [] : onlyTrue("log.noColor", noColor)),
    ...flag("log.level", level.toUpperCase()),
  ];
}

export function accessLogFlags(log: TraefikValues["accessLog"]): string[] {
  if (!log.enabled) return [];
  const { fields, filters } = log;
  return [
    "--accesslog=true",
    ...flag("accesslog.format", log.format),
    ...bare("accesslog.addinternals", log.addInternals),
    ...flag("accesslog.bufferingsize", log.bufferingSize === 0 ? undefined : log.bufferingSize),
    ...(log.timezone === "" ? [] : ["--accesslog.fields.names.StartUTC=drop"]),
    ...flag("accesslog.filters.statuscodes", filters.statusCodes),
    ...bare("accesslog.filters.retryattempts", filters.retryAttempts),
    ...flag("accesslog.filters.minduration", filters.minDuration),
    `--accesslog.fields.defaultmode=${fields.defaultMode}`,
    ...sorted(fields.names).flatMap(([name, action]) => flag(`accesslog.fields.names.${name}`, action)),
    `--accesslog.fields.headers.defaultmode=${fields.headers.defaultMode}`,
    ...sorted(fields.headers.names).flatMap(([name, action]) =>
      flag(`accesslog.fields.headers.names.${name}`, action),
    ),
    ...flag("accesslog.fields.queryparameters.defaultmode", fields.queryParameters.defaultMode),
  ];
}
