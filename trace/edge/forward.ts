import type { Request, Upstream } from "../trace";
import type { EdgeRecords, ProxyHost } from "./records";

type Location = NonNullable<ProxyHost["locations"]>[number];

/** Forwarded request, as the upstream gets it. */
export interface Forwarded {
  /** location that took it; absent = the host's own. */
  readonly location?: Location;
  readonly forwarded: Request;
  readonly to: Upstream;
}

/** throughLocation with the longest prefix, else through the host's own. A prefix is one of characters, as nginx has it. */
export function throughLocation({ address }: EdgeRecords, host: ProxyHost, request: Request): Forwarded {
  const [location] = (host.locations ?? [])
    .filter(({ path }) => request.url.pathname.startsWith(path))
    .sort((a, b) => b.path.length - a.path.length);
  const { forward_scheme: scheme, forward_host: machine, forward_port: port } = location ?? host;
  const url = new URL(request.url);
  url.protocol = `${scheme}:`;
  const inserted = (location ?? host).forward_path ?? "";
  if (inserted !== "" && inserted !== "/")
    url.pathname = `${inserted}${url.pathname.slice(location?.path.length ?? 0)}`;
  return {
    ...(location === undefined ? {} : { location }),
    forwarded: { ...request, url, from: address, headers: headersTo(request, location !== undefined) },
    to: { scheme, host: machine, port },
  };
}

/**
 * headersTo an upstream. In a location the proxy says what it saw itself; in the host's own it passes on what the
 * visitor said of himself, and adds his address. Source: _location.conf and conf.d/include/proxy.conf of 2.15.1.
 */
function headersTo({ url, headers, from }: Request, clean: boolean): Request["headers"] {
  const said = headers["x-forwarded-for"];
  const saidScheme = headers["x-forwarded-proto"];
  const others = Object.entries(headers).filter(([name]) => !own.has(name));
  const seen = url.protocol.slice(0, -1);
  const scheme = !clean && (saidScheme === "http" || saidScheme === "https") ? saidScheme : seen;
  const chain = [...(clean || said === undefined ? [] : [said]), ...(from === undefined ? [] : [from])];
  return {
    ...Object.fromEntries(others),
    "x-forwarded-proto": scheme,
    "x-forwarded-scheme": scheme,
    ...(chain.length === 0 ? {} : { "x-forwarded-for": chain.join(", ") }),
    ...(from === undefined ? {} : { "x-real-ip": from }),
  };
}

/** own headers of the proxy: what a visitor sends under their names is replaced. */
const own = new Set(["x-forwarded-for", "x-forwarded-proto", "x-forwarded-scheme", "x-real-ip"]);
