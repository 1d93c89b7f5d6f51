import { directivesOf } from "./directives";
import type { ProxyHost } from "./records";

/** Location of a host: what it asks, and whether the visitor's word about himself ends there. */
export interface Location {
  readonly path: string;
  readonly scheme: "http" | "https";
  readonly host: string;
  readonly port: number;
  /** inserted in place of the matched prefix. */
  readonly inserted: string;
  readonly config: string;
  /** clean: X-Forwarded-* of the visitor are replaced, not added to. */
  readonly clean: boolean;
}

/** locationsOf a host: those of the proxy's API, and those in its raw configuration that include the proxy's own. */
export function locationsOf(host: ProxyHost): Location[] {
  const made = (host.locations ?? []).map((each) => ({
    path: each.path,
    scheme: each.forward_scheme,
    host: each.forward_host,
    port: each.forward_port,
    inserted: each.forward_path ?? "",
    config: each.advanced_config ?? "",
    clean: true,
  }));
  return [...made, ...rawBlocks(host).flatMap((block) => readRaw(host, block) ?? [])];
}

/** hasUnread: raw locations that nothing here can follow. */
export function hasUnread(host: ProxyHost): boolean {
  return rawBlocks(host).some((block) => readRaw(host, block) === undefined);
}

interface Block {
  readonly head: readonly string[];
  readonly body: string;
}

function rawBlocks({ advanced_config: config }: ProxyHost): Block[] {
  return directivesOf(config).blocks.filter(({ head }) => head[0] === "location");
}

/** readRaw: proxy.conf asks `$forward_scheme://$server:$port`, which the host sets and a location may set anew. */
function readRaw(host: ProxyHost, { head, body }: Block): Location | undefined {
  const [, path = "", ...modified] = head;
  const { own } = directivesOf(body);
  const passes = own.some(([name, file]) => name === "include" && file === "conf.d/include/proxy.conf");
  if (!path.startsWith("/") || modified.length > 0 || !passes) return undefined;
  const value = (name: string): string | undefined =>
    own.findLast(([directive, variable]) => directive === "set" && variable === name)?.[2];
  const scheme = value("$forward_scheme") ?? host.forward_scheme;
  return {
    path,
    scheme: scheme === "https" ? "https" : "http",
    host: value("$server") ?? host.forward_host,
    port: Number(value("$port") ?? host.forward_port),
    inserted: "",
    config: body,
    clean: false,
  };
}
