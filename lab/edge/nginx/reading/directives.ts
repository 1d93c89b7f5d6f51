import { type Head, type Scope, SyntaxProblem } from "./syntax";

type Context = "http" | "stream" | "server" | "stream server" | "location" | "if" | "map";

const serverAndBelow: readonly Context[] = ["http", "server", "location"];
const everywhere: readonly Context[] = ["http", "server", "location", "if"];

/** blocks: where a block may stand, and the context inside it. */
const blocks: Readonly<Record<string, { readonly in: readonly Context[]; readonly opens: Context }>> = {
  server: { in: ["http"], opens: "server" },
  map: { in: ["http"], opens: "map" },
  geo: { in: ["http"], opens: "map" },
  location: { in: ["server", "location"], opens: "location" },
  if: { in: ["server", "location"], opens: "if" },
  limit_except: { in: ["location"], opens: "location" },
};

/** words of nginx that a host's file may say, each with where. Others are of modules the proxy has not, or unknown. */
const words = new Map<string, readonly Context[]>([
  ...said(["include"], ["http", "server", "location", "if", "stream server"]),
  ...said(["set", "return", "rewrite", "break"], ["server", "location", "if"]),
  ...said(["listen"], ["server", "stream server"]),
  ...said(["ssl_certificate", "ssl_certificate_key"], ["http", "server", "stream server"]),
  ...said(["ssl_protocols", "ssl_ciphers", "ssl_session_cache"], ["http", "server", "stream server"]),
  ...said(["ssl_session_timeout", "ssl_client_certificate"], ["http", "server", "stream server"]),
  ...said(["ssl_verify_client", "ssl_verify_depth", "http2", "ssl_reject_handshake"], ["http", "server"]),
  ...said(["server_name"], ["server"]),
  ...said(["proxy_pass"], ["location", "if", "stream server"]),
  ...said(["proxy_timeout", "proxy_responses"], ["stream server"]),
  ...said(["internal", "alias"], ["location"]),
  ...said(["try_files"], ["server", "location"]),
  ...said(["add_header", "access_log", "error_page", "expires", "root", "limit_rate", "gzip"], everywhere),
  ...said(["allow", "deny", "satisfy", "auth_basic", "auth_basic_user_file", "auth_request"], serverAndBelow),
  ...said(["client_max_body_size", "client_body_timeout", "client_body_buffer_size"], serverAndBelow),
  ...said(["send_timeout", "keepalive_timeout", "error_log", "default_type", "index"], serverAndBelow),
  ...said(["set_real_ip_from", "real_ip_header", "real_ip_recursive", "resolver"], serverAndBelow),
  ...said(["limit_req", "limit_conn", "sub_filter", "sub_filter_once", "sub_filter_types"], serverAndBelow),
  ...said(["if_modified_since", "log_not_found", "gzip_types", "underscores_in_headers"], serverAndBelow),
  ...said(
    [
      ["buffering", "buffers", "buffer_size", "busy_buffers_size", "request_buffering", "redirect"],
      ["cache", "cache_key", "cache_valid", "cache_bypass", "cache_use_stale", "no_cache", "cookie_path"],
      ["connect_timeout", "read_timeout", "send_timeout", "next_upstream", "next_upstream_tries"],
      ["hide_header", "pass_header", "ignore_headers", "http_version", "set_header", "intercept_errors"],
      ["ssl_server_name", "ssl_name", "ssl_verify", "ssl_verify_depth", "ssl_trusted_certificate"],
      [
        "ssl_certificate",
        "ssl_certificate_key",
        "ssl_protocols",
        "max_temp_file_size",
        "pass_request_headers",
      ],
    ].flatMap((names) => names.map((name) => `proxy_${name}`)),
    serverAndBelow,
  ),
]);

/** once at each level: a second time is refused. */
const once =
  /^(client_max_body_size|proxy_(read|send|connect)_timeout|proxy_(http_version|buffering)|proxy_ssl_(server_name|name|verify)|root|try_files|http2)$/;

/** scopeOf a file: it refuses what nginx would. */
export function scopeOf(context: Context, outer?: Head): Scope {
  const seen = new Set<string>();
  return {
    enter(head) {
      if (context === "map") return this;
      const inside = opened(head, context, outer);
      const identity = head.name === "location" ? `location ${head.args.join(" ")}` : head.name;
      const isOnce = head.name === "location" || once.test(head.name);
      if (isOnce && seen.has(identity)) throw new SyntaxProblem(duplicateOf(head), head.line);
      seen.add(identity);
      return scopeOf(inside, head);
    },
  };
}

/** opened context of a block; of a directive without one, its own. */
function opened(head: Head, context: Context, outer: Head | undefined): Context {
  const { name, args, line, isBlock } = head;
  if (context === "stream" && name === "server" && isBlock) return "stream server";
  const block = blocks[name];
  const places = block?.in ?? words.get(name);
  if (places === undefined) throw new SyntaxProblem(`unknown directive "${name}"`, line);
  if (!places.includes(context)) throw new SyntaxProblem(`"${name}" directive is not allowed here`, line);
  if (block === undefined && isBlock) {
    throw new SyntaxProblem(`directive "${name}" is not terminated by ";"`, line);
  }
  if (block !== undefined && !isBlock)
    throw new SyntaxProblem(`directive "${name}" has no opening "{"`, line);
  const isOneWord = once.test(name) && name !== "try_files";
  const needsWords = !["server", "break", "internal"].includes(name);
  if ((isOneWord && args.length !== 1) || (needsWords && args.length === 0)) {
    throw new SyntaxProblem(`invalid number of arguments in "${name}" directive`, line);
  }
  if (name === "location" && outer?.name === "location") mustBeInside(head, outer);
  return block?.opens ?? context;
}

/** mustBeInside: a location's path begins with that of the one around it. */
function mustBeInside({ args, line }: Head, outer: Head): void {
  const [path = "", parent = ""] = [args, outer.args].map((words) => (words.length === 1 ? words[0] : ""));
  if (path === "" || parent === "" || path.startsWith(parent)) return;
  throw new SyntaxProblem(`location "${path}" is outside location "${parent}"`, line);
}

function duplicateOf({ name, args }: Head): string {
  return name === "location"
    ? `duplicate location "${args.at(-1) ?? ""}"`
    : `"${name}" directive is duplicate`;
}

function said(names: readonly string[], contexts: readonly Context[]): [string, readonly Context[]][] {
  return names.map((name) => [name, contexts]);
}
