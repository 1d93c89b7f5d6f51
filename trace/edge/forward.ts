import type { Request, Upstream } from "../trace";
import { type Location, locationsOf } from "./locations";
import type { EdgeRecords, ProxyHost } from "./records";

/** Forwarded request, as the upstream gets it. */
export interface Forwarded {
  readonly location: Location;
  readonly forwarded: Request;
  readonly to: Upstream;
}

/** forward by the location with the longest prefix, which is one of characters, as nginx has it; else by the host's own. */
export function forward({ address }: EdgeRecords, host: ProxyHost, request: Request): Forwarded {
  const [found] = locationsOf(host)
    .filter(({ path }) => request.url.pathname.startsWith(path))
    .sort((a, b) => b.path.length - a.path.length);
  const location = found ?? ownLocation(host);
  const { scheme, host: machine, port, inserted } = location;
  const url = new URL(request.url);
  url.protocol = `${scheme}:`;
  if (inserted !== "" && inserted !== "/")
    url.pathname = `${inserted}${url.pathname.slice(location.path.length)}`;
  return {
    location,
    forwarded: { ...request, url, from: address, headers: headersTo(request, location) },
    to: { scheme, host: machine, port },
  };
}

function ownLocation(host: ProxyHost): Location {
  const { forward_scheme: scheme, forward_host: machine, forward_port: port, forward_path: inserted } = host;
  return { path: "/", scheme, host: machine, port, inserted: inserted ?? "", config: "", clean: false };
}

/**
 * headersTo an upstream. A location of the proxy's API says what the proxy saw itself; proxy.conf passes on what the
 * visitor said of himself, and adds his address. Source: _location.conf and conf.d/include/proxy.conf of 2.15.1.
 */
function headersTo({ url, headers, from }: Request, { clean }: Location): Request["headers"] {
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
