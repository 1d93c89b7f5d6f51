/** HaproxyConfig is what HAProxy makes of its configuration file. */
export interface HaproxyConfig {
  readonly frontends: readonly Frontend[];
  readonly backends: readonly Backend[];
}

export interface Frontend {
  readonly name: string;
  readonly mode: "tcp" | "http";
  readonly binds: readonly { readonly address: string; readonly port: number }[];
  readonly backend?: string;
  /** monitor answers at uri, and fails while a backend has fewer servers than it should. */
  readonly monitor?: { readonly uri: string; readonly backend: string; readonly least: number };
}

export interface Backend {
  readonly name: string;
  /** request of its health checks. */
  readonly check?: { readonly uri: string; readonly host: string; readonly status: number };
  readonly servers: readonly BackendServer[];
}

export interface BackendServer {
  readonly name: string;
  readonly address: string;
  readonly port: number;
  /** keywords of its line and of default-server; those without a value are "". */
  readonly keywords: ReadonlyMap<string, string>;
}

interface Section {
  readonly kind: string;
  readonly name: string;
  readonly lines: readonly (readonly string[])[];
}

/** readHaproxy reads the directives that the lab can act on; any other is refused, as HAProxy refuses what it does not know. */
export function readHaproxy(text: string): HaproxyConfig {
  const sections = sectionsOf(text);
  const of = (kind: string): Section[] => sections.filter((section) => section.kind === kind);
  for (const section of sections) for (const line of section.lines) refuseUnknown(section, line);
  const defaults = of("defaults").flatMap(({ lines }) => lines);
  const frontends = of("frontend").map((section) => frontendOf(section, defaults));
  const backends = of("backend").map(backendOf);
  for (const wanted of frontends.flatMap(({ backend, monitor }) => [backend, monitor?.backend])) {
    if (wanted !== undefined && !backends.some(({ name }) => name === wanted))
      throw new Error(`[ALERT] unable to find required default_backend: '${wanted}'`);
  }
  return { frontends, backends };
}

/** known directives by section; `*` stands for any word. */
const known: Readonly<Record<string, readonly RegExp[]>> = {
  global: [
    /^log (stdout|stderr) format raw local[0-7] (notice|info|warning)$/,
    /^(chroot|user|group|maxconn) \S+$/,
  ],
  defaults: [
    /^mode (tcp|http)$/,
    /^log global$/,
    /^balance (leastconn|roundrobin|source)$/,
    /^retries \d+$/,
    /^option (redispatch|clitcpka|srvtcpka|dontlognull)$/,
    /^timeout (connect|check|client|server|tunnel) \d+(ms|s|m|h|d)$/,
  ],
  frontend: [
    /^mode (tcp|http)$/,
    /^bind (\*|[\d.]*):\d+$/,
    /^default_backend \S+$/,
    /^monitor-uri \/\S*$/,
    /^monitor fail if \{ nbsrv\([\w-]+\) lt \d+ \}$/,
  ],
  backend: [
    /^option httpchk$/,
    /^http-check send meth GET uri \/\S* ver HTTP\/1\.1 hdr Host \S+$/,
    /^http-check expect status \d{3}$/,
    /^default-server( \S+)+$/,
    /^server \S+ [\d.]+:\d+( \S+)*$/,
  ],
};

/** valued keywords of a server take the next word, the others none. */
const valued = new Set(
  "verify verifyhost ca-file crt inter fastinter fall rise slowstart on-marked-down track".split(" "),
);
const bare = new Set(["check", "check-ssl"]);

function sectionsOf(text: string): Section[] {
  const sections: { kind: string; name: string; lines: string[][] }[] = [];
  for (const line of text.split("\n")) {
    const words = line.replace(/#.*/, "").trim().split(/\s+/);
    const [kind = "", name = ""] = words;
    if (kind === "") continue;
    if (Object.hasOwn(known, kind)) sections.push({ kind, name, lines: [] });
    else sections.at(-1)?.lines.push(words);
  }
  return sections;
}

function refuseUnknown({ kind, name }: Section, words: readonly string[]): void {
  const line = words.join(" ");
  if (known[kind]?.some((directive) => directive.test(line)) === true) return;
  throw new Error(
    `[ALERT] parsing [haproxy.cfg]: unknown keyword '${line}' in '${`${kind} ${name}`.trim()}' section`,
  );
}

function frontendOf({ name, lines }: Section, defaults: Section["lines"]): Frontend {
  const value = (directive: string): string | undefined => lines.find(([word]) => word === directive)?.[1];
  const mode = value("mode") ?? defaults.findLast(([word]) => word === "mode")?.[1];
  const backend = value("default_backend");
  const uri = value("monitor-uri");
  const [, watched = "", least = ""] =
    /nbsrv\(([\w-]+)\) lt (\d+)/.exec(
      lines.find(([word, fail]) => word === "monitor" && fail === "fail")?.join(" ") ?? "",
    ) ?? [];
  return {
    name,
    mode: mode === "http" ? "http" : "tcp",
    binds: lines.flatMap(([word, place = ""]) => {
      if (word !== "bind") return [];
      const [address = "", port = ""] = place.split(":");
      return [{ address: address === "" ? "*" : address, port: Number(port) }];
    }),
    ...(backend === undefined ? {} : { backend }),
    ...(uri === undefined ? {} : { monitor: { uri, backend: watched, least: Number(least) } }),
  };
}

function backendOf({ name, lines }: Section): Backend {
  const inherited = lines.flatMap(([word, ...rest]) => (word === "default-server" ? rest : []));
  const text = lines.map((words) => words.join(" ")).join("\n");
  const [, uri, host = ""] = /^http-check send meth GET uri (\S+) .* hdr Host (\S+)$/m.exec(text) ?? [];
  const [, status = "200"] = /^http-check expect status (\d+)$/m.exec(text) ?? [];
  const isAsked = /^option httpchk$/m.test(text) && uri !== undefined;
  return {
    name,
    ...(isAsked ? { check: { uri, host, status: Number(status) } } : {}),
    servers: lines.flatMap(([word, server = "", place = "", ...rest]) => {
      if (word !== "server") return [];
      const [address = "", port = ""] = place.split(":");
      const keywords = keywordsOf([...inherited, ...rest]);
      return [{ name: server, address, port: Number(port), keywords }];
    }),
  };
}

function keywordsOf(words: readonly string[]): Map<string, string> {
  const keywords = new Map<string, string>();
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? "";
    if (bare.has(word)) keywords.set(word, "");
    else if (valued.has(word)) keywords.set(word, words[(index += 1)] ?? "");
    else throw new Error(`[ALERT] parsing [haproxy.cfg]: 'server': unknown keyword '${word}'`);
  }
  return keywords;
}
