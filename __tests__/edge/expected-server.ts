import type { EdgeHost, EdgeLimits, EdgeLocation, Upstream } from "../../config/model/edge";
import type { Node } from "./reader";

/** expectedServer: every directive and comment of a proxy host, told from the model alone. */
export function expectedServer(host: EdgeHost): readonly Node[] {
  const append = host.clientIp === "append";
  const whole = { path: "/", upstream: host.upstream, limits: { timeouts: {} } };
  const locations: readonly EdgeLocation[] = [whole, ...host.locations];
  const mixed = host.tls !== undefined && !host.tls.force;
  const subdomains = hasHsts(host) && host.tls?.hsts?.subdomains === true;
  return [
    block("map $scheme $hsts_header", [
      { words: ["https", `max-age=63072000;${subdomains ? " includeSubDomains;" : ""} preload`] },
    ]),
    block("server", [
      ...upstreamSet(host.upstream),
      line("listen 80"),
      line("server_name", ...new Set(host.hosts.map((name) => name.toLowerCase()).sort())),
      ...hsts(host),
      ...upgrade(host),
      { comment: `# slipway home/${host.name}` },
      { comment: "# Written from cluster.ts: what is changed here is overwritten by the next deploy." },
      ...serverName(host.upstream),
      ...limited(host.limits),
      ...host.allow.map(({ cidr }) => line("allow", cidr)),
      ...(host.allow.length === 0 ? [] : [line("deny all")]),
      ...(append
        ? locations.map((location) => appending(host, location))
        : [{ comment: "# X-Real-IP of a visitor is not believed." }, line("set_real_ip_from unix:")]),
      ...(!append && mixed
        ? [line("set $visitor_port 80"), block("if ($scheme = https)", [line("set $visitor_port 443")])]
        : []),
      ...raw(host.rawNginx),
      ...(append ? [] : locations.map((location) => strict(host, location))),
    ]),
  ];
}

function strict(host: EdgeHost, location: EdgeLocation): Node {
  const { scheme, address, port } = location.upstream;
  const portOf = host.tls === undefined ? "80" : host.tls.force ? "443" : "$visitor_port";
  return {
    words: ["location", location.path],
    block: [
      header("X-Forwarded-Host", "$host"),
      header("X-Forwarded-Port", portOf),
      ...dropped.map((name) => header(name, "")),
      ...own(host, location),
      header("Host", "$host"),
      header("X-Forwarded-Scheme", "$scheme"),
      header("X-Forwarded-Proto", "$scheme"),
      header("X-Forwarded-For", "$remote_addr"),
      header("X-Real-IP", "$remote_addr"),
      line("proxy_pass", `${scheme}://${address}:${port}`),
      ...hsts(host),
      ...upgrade(host),
    ],
  };
}

const dropped = [
  "X-Forwarded-Prefix",
  "X-Forwarded-Uri",
  "X-Forwarded-Method",
  "X-Forwarded-Server",
  "X-Forwarded-Ssl",
  "X-Forwarded-Client-Cert",
  "X-Forwarded-Tls-Client-Cert",
  "X-Forwarded-Tls-Client-Cert-Info",
  "X-Scheme",
  "Forwarded",
];

function appending(host: EdgeHost, location: EdgeLocation): Node {
  return {
    words: ["location", location.path],
    block: [
      ...upstreamSet(location.upstream),
      ...upgrade(host),
      ...hsts(host),
      line("include conf.d/include/proxy.conf"),
      ...own(host, location),
    ],
  };
}

function own(host: EdgeHost, { upstream, limits, rawNginx }: EdgeLocation): Node[] {
  const { scheme, address, port } = upstream;
  return [
    ...(host.upstream.scheme === "https" ? [] : serverName(upstream)),
    ...limited(limits),
    ...(host.cacheAssets
      ? [
          block("location ~* \\.(css|js|jpe?g|gif|png|webp|woff2?|eot|ttf|svg|ico)$", [
            line("proxy_cache public-cache"),
            line("proxy_cache_key $scheme$host$request_uri"),
            line("proxy_cache_valid 200 30m"),
            line("proxy_cache_bypass $http_authorization"),
            line("proxy_no_cache $http_authorization"),
            line("proxy_pass", `${scheme}://${address}:${port}`),
          ]),
        ]
      : []),
    ...raw(rawNginx),
  ];
}

function upstreamSet({ scheme, address, port }: Upstream): Node[] {
  return [line("set $forward_scheme", scheme), line("set $server", address), line("set $port", String(port))];
}

function serverName({ scheme }: Upstream): Node[] {
  return scheme === "https" ? [line("proxy_ssl_server_name on"), line("proxy_ssl_name $host")] : [];
}

/** limited in bytes and milliseconds, as `inBaseUnits` makes them of the text. */
function limited({ maxBodyBytes, timeouts: { connect, send, read } }: EdgeLimits): Node[] {
  const all = {
    client_max_body_size: maxBodyBytes,
    proxy_connect_timeout: connect,
    proxy_send_timeout: send,
    proxy_read_timeout: read,
  };
  return Object.entries(all).flatMap(([name, value]) =>
    value === undefined ? [] : [line(name, String(value))],
  );
}

/** inBaseUnits turns what nginx is given as `8g` or `5s` into bytes and milliseconds. */
export function inBaseUnits(nodes: readonly Node[]): readonly Node[] {
  return nodes.map((node) => {
    if ("comment" in node) return node;
    if (node.block !== undefined) return { ...node, block: inBaseUnits(node.block) };
    const [name = "", value = "", ...more] = node.words;
    const [, amount, unit] = /^(\d+)(g|m|k|s|ms)?$/.exec(value) ?? [];
    if (!/^client_max_body_size$|_timeout$/.test(name) || amount === undefined) return node;
    return { words: [name, String(Number(amount) * (factors[unit ?? ""] ?? NaN)), ...more] };
  });
}

const factors: Readonly<Record<string, number>> = {
  "": 1,
  k: 1024,
  m: 1024 ** 2,
  g: 1024 ** 3,
  ms: 1,
  s: 1000,
};

function hasHsts({ tls }: EdgeHost): boolean {
  return tls?.force === true && tls.hsts !== undefined;
}

function hsts(host: EdgeHost): Node[] {
  return hasHsts(host) ? [line("add_header Strict-Transport-Security $hsts_header always")] : [];
}

function upgrade({ websocket }: EdgeHost): Node[] {
  return websocket
    ? [
        header("Upgrade", "$http_upgrade"),
        header("Connection", "$http_connection"),
        line("proxy_http_version 1.1"),
      ]
    : [];
}

function raw(text: string | undefined): Node[] {
  return text === undefined
    ? []
    : [
        { comment: "# rawNginx of cluster.ts, as written there:" },
        line(text.replace(/;$/, "")),
        { comment: "# End of rawNginx." },
      ];
}

function header(name: string, value: string): Node {
  return line("proxy_set_header", name, value);
}

function line(fixed: string, ...words: readonly string[]): Node {
  return { words: [...fixed.split(" "), ...words] };
}

function block(head: string, nodes: readonly Node[]): Node {
  return { words: head.split(" "), block: nodes };
}
