import { readNginx } from "../../nginx";
import type { Directive } from "../../nginx";
import { error } from "../../problem";
import type { Problem } from "../../problem";
import type { EdgeDraft } from "./proxies";

/** raw nginx of hosts and of locations: closed in itself, and nothing that a field says or the proxy writes. */
export function raw(draft: EdgeDraft): Problem[] {
  const routes = draft.edge.hosts.flatMap((host) => host.routes);
  return routes.flatMap(({ edge, keys }) => [
    ...judged(draft, [...keys, "rawNginx"], edge.rawNginx, refusedInHost),
    ...Object.entries(edge.locations ?? {}).flatMap(([path, { rawNginx }]) =>
      judged(draft, [...keys, "locations", path, "rawNginx"], rawNginx, refusedInLocation),
    ),
  ]);
}

function judged(
  draft: EdgeDraft,
  keys: readonly string[],
  text: string | undefined,
  refusedIn: (directive: Directive) => Refused | undefined,
): Problem[] {
  const { directives, broken } = readNginx(text ?? "");
  const place = draft.at(...keys);
  const refused = directives.flatMap((directive) => {
    const why = refusedAnywhere(directive) ?? refusedIn(directive);
    return why === undefined ? [] : [{ found: directive.words.join(" "), ...why }];
  });
  const unreadable = {
    found: broken ?? "",
    why: "nginx would read on into what the proxy writes behind it, and the host would be down",
    fix: "close every brace and quote, and end each directive with a semicolon",
  };
  return [...refused, ...(broken === undefined ? [] : [unreadable])].map((words) =>
    error("edge/raw-nginx", [place], words),
  );
}

interface Refused {
  readonly why: string;
  readonly fix: string;
}

const takeOut = "take it out";
const outer = ["server", "http", "stream", "events", "main"];

function refusedAnywhere({ words: [name = "", ...rest] }: Directive): Refused | undefined {
  if (outer.includes(name)) {
    return {
      why: "the text stands inside the proxy's server block, where no such block can be",
      fix: takeOut,
    };
  }
  if (name === "include" || name === "load_module") {
    return { why: "it reads a file of the proxy's machine, which this file does not make", fix: takeOut };
  }
  if (/_by_lua/.test(name)) {
    return { why: "it is a program inside the proxy, with everything that the proxy can do", fix: takeOut };
  }
  if (name === "set" && /^\$(forward_scheme|server|port)$/.test(rest[0] ?? "")) {
    return { why: "the proxy keeps the upstream in that variable", fix: "choose another name" };
  }
  return undefined;
}

function refusedInHost({ words, depth }: Directive): Refused | undefined {
  const [name = "", ...rest] = words;
  if (depth > 0) return undefined;
  if (name === "location" && ["/", "^~ /"].includes(rest.join(" "))) {
    return {
      why: "the proxy's own location / would be left out, with the upstream and the visitor's address in it",
      fix: "write the settings in edge, or choose a longer path",
    };
  }
  if (name === "proxy_set_header") {
    return {
      why: "location / has headers of its own, so that those of the server block are not in force",
      fix: "set headers.request of the route: the ingress adds them",
    };
  }
  return written(name);
}

function refusedInLocation({ words: [name = "", header = ""], depth }: Directive): Refused | undefined {
  if (depth > 0) return undefined;
  if (name === "proxy_pass") return { why: "the proxy writes it itself", fix: "write to instead" };
  if (name === "proxy_set_header" && /^(host|x-real-ip|x-forwarded-.*)$/i.test(header)) {
    return { why: "the proxy writes it too, and the upstream would get two", fix: takeOut };
  }
  return written(name);
}

/** written by a field of this file, or by the proxy itself: nginx refuses most of them a second time. */
function written(name: string): Refused | undefined {
  const field = fields[name];
  if (field !== undefined)
    return { why: "nginx takes it once, and this file writes it", fix: `write ${field} instead` };
  if (!ofProxy.includes(name)) return undefined;
  return { why: "nginx takes it once, and the proxy writes it", fix: takeOut };
}

const fields: Readonly<Record<string, string>> = {
  client_max_body_size: "maxBody",
  proxy_connect_timeout: "timeouts.connect",
  proxy_send_timeout: "timeouts.send",
  proxy_read_timeout: "timeouts.read",
  allow: "allow",
  deny: "allow",
};

const ofProxy: readonly string[] = [
  "listen",
  "server_name",
  "http2",
  "ssl_certificate",
  "ssl_certificate_key",
  "access_log",
  "error_log",
  "proxy_ssl_server_name",
  "proxy_ssl_name",
];
