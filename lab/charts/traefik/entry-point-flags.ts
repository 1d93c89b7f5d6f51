import { ChartRefusal } from "../chart";
import type { EntryPoint } from "./entry-point";
import { bare, flag, flagsOf, onlyTrue, sorted } from "./flags";

type EntryPoints = Readonly<Record<string, EntryPoint>>;

/** entryPointAddresses, the first flags of each entry point. */
export function entryPointAddresses(ports: EntryPoints): string[] {
  return sorted(ports).flatMap(([name, { port, protocol, hostIP, asDefault, observability }]) => {
    const path = `entryPoints.${name}`;
    const host = hostIP?.includes(":") === true ? `[${hostIP}]` : (hostIP ?? "");
    return [
      `--${path}.address=${host}:${port}/${(protocol ?? "tcp").toLowerCase()}`,
      ...onlyTrue(`${path}.asDefault`, asDefault),
      ...flag(`${path}.observability.accessLogs`, observability?.accessLogs),
      ...flag(`${path}.observability.metrics`, observability?.metrics),
      ...flag(`${path}.observability.tracing`, observability?.tracing),
      ...flag(`${path}.observability.traceVerbosity`, observability?.traceVerbosity),
    ];
  });
}

/** entryPointFlags, what each entry point does with a request and whom it believes. */
export function entryPointFlags(ports: EntryPoints): string[] {
  return sorted(ports).flatMap(([name, config]) => {
    const path = `entryPoints.${name}`;
    return [
      ...httpFlags(ports, name, config.http ?? {}),
      ...onlyTrue(`${path}.allowACMEByPass`, config.allowACMEByPass),
      ...flag(`${path}.forwardedHeaders.trustedIPs`, config.forwardedHeaders?.trustedIPs),
      ...bare(`${path}.forwardedHeaders.insecure`, config.forwardedHeaders?.insecure),
      ...onlyTrue(
        `${path}.forwardedHeaders.notAppendXForwardedFor`,
        config.forwardedHeaders?.notAppendXForwardedFor,
      ),
      ...flag(`${path}.proxyProtocol.trustedIPs`, config.proxyProtocol?.trustedIPs),
      ...bare(`${path}.proxyProtocol.insecure`, config.proxyProtocol?.insecure),
      ...transportFlags(`${path}.transport`, config.transport ?? {}),
    ];
  });
}

function httpFlags(ports: EntryPoints, name: string, http: NonNullable<EntryPoint["http"]>): string[] {
  const path = `entryPoints.${name}.http`;
  return [
    ...flagsOf(`${path}.encodedCharacters`, http.encodedCharacters ?? {}),
    ...flag(`${path}.maxHeaderBytes`, http.maxHeaderBytes),
    ...flag(`${path}.middlewares`, http.middlewares),
    ...redirectFlags(ports, name, http.redirections?.entryPoint ?? {}),
    ...flag(`${path}.sanitizePath`, http.sanitizePath),
    ...flag(`${path}.underscoreHeadersStrategy`, http.underscoreHeadersStrategy),
    ...(http.tls?.enabled === true
      ? [`--${path}.tls=true`, ...flag(`${path}.tls.options`, http.tls.options)]
      : []),
  ];
}

type Redirect = NonNullable<NonNullable<NonNullable<EntryPoint["http"]>["redirections"]>["entryPoint"]>;

/** redirectFlags refuses what the chart refuses, in its words. */
function redirectFlags(ports: EntryPoints, name: string, redirect: Redirect): string[] {
  const { to, scheme, priority, permanent } = redirect;
  if (Object.keys(redirect).length === 0) return [];
  const target = to === undefined ? undefined : ports[to];
  if (target === undefined)
    throw new ChartRefusal(`ERROR: Cannot redirect ${name} to ${String(to)}: entryPoint not found`);
  if (target.http?.tls?.enabled === true && scheme !== undefined && scheme !== "https")
    throw new ChartRefusal(`ERROR: Cannot redirect ${name} to ${String(to)} without setting scheme to https`);
  const path = `entryPoints.${name}.http.redirections.entryPoint`;
  return [
    `--${path}.to=:${String(target.exposedPort)}`,
    ...flag(`${path}.scheme`, scheme),
    ...flag(`${path}.priority`, priority),
    ...flag(`${path}.permanent`, permanent),
  ];
}

function transportFlags(path: string, transport: NonNullable<EntryPoint["transport"]>): string[] {
  const { respondingTimeouts, lifeCycle, keepAliveMaxRequests, keepAliveMaxTime } = transport;
  return [
    ...flag(`${path}.respondingTimeouts.readTimeout`, respondingTimeouts?.readTimeout),
    ...flag(`${path}.respondingTimeouts.writeTimeout`, respondingTimeouts?.writeTimeout),
    ...flag(`${path}.respondingTimeouts.idleTimeout`, respondingTimeouts?.idleTimeout),
    ...flag(`${path}.lifeCycle.requestAcceptGraceTimeout`, lifeCycle?.requestAcceptGraceTimeout),
    ...flag(`${path}.lifeCycle.graceTimeOut`, lifeCycle?.graceTimeOut),
    ...flag(`${path}.keepAliveMaxRequests`, keepAliveMaxRequests),
    ...flag(`${path}.keepAliveMaxTime`, keepAliveMaxTime),
  ];
}
