import type { Dialect } from "../dialect";
import { block, lines } from "./server";

/** includes below `conf.d`, under the names that an advanced configuration may use. */
export function includes(dialect: Dialect): ReadonlyMap<string, string> {
  return new Map([
    ["default.conf", fallback(dialect)],
    ["mime.types", mimeTypes],
    ["include/proxy.conf", proxy],
    ["include/force-ssl.conf", forceTls],
    ["include/block-exploits.conf", blockExploits],
    ["include/assets.conf", assets],
    ["include/letsencrypt-acme-challenge.conf", challenge(dialect)],
  ]);
}

/** fallback for names that no host has: a page on port 80, no handshake on 443. */
function fallback({ listen }: Dialect): string {
  return lines(
    block(
      "server",
      `listen ${listen(80)};`,
      "server_name localhost-nginx-proxy-manager;",
      block(
        "location /",
        `return 200 "Congratulations! Nginx Proxy Manager of the lab has no such host.\\n";`,
      ),
    ),
    block("server", `listen ${listen(443)} ssl;`, "server_name localhost;", "ssl_reject_handshake on;"),
    "",
  );
}

/** proxy: Host without its port; a client's own list of addresses is passed on, and nothing clears X-Forwarded-Host. */
const proxy = lines(
  "add_header X-Served-By $host;",
  "proxy_set_header Host $host;",
  "proxy_set_header X-Forwarded-Scheme $x_forwarded_scheme;",
  "proxy_set_header X-Forwarded-Proto $x_forwarded_proto;",
  "proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;",
  "proxy_set_header X-Real-IP $remote_addr;",
  "proxy_pass $forward_scheme://$server:$port$request_uri;",
  "",
);

/** forceTls, unless a client that may say so says that it came by TLS. */
const forceTls = lines(
  `set $to_https "$scheme $trust_forwarded_proto$client_calls_itself_https";`,
  block("if ($request_uri = /.well-known/acme-challenge/test-challenge)", `set $to_https "";`),
  block("if ($to_https ~ ^http.(FF|FT|TF)$)", "return 301 https://$host$request_uri;"),
  "",
);

/** blockExploits: the questions that are refused. The list of refused programs is not played. */
const blockExploits = lines(
  ...[
    "union.*select.*[(]",
    "union.*all.*select",
    "concat.*[(]",
    "[a-zA-Z0-9_]=http://",
    "[a-zA-Z0-9_]=([.][.]//?)+",
    "[a-zA-Z0-9_]=/([a-z0-9_.]//?)+",
    "(<|%3C).*script.*(>|%3E)",
    "(GLOBALS|_REQUEST)(=|[[]|%[0-9A-Z])",
    "proc/self/environ",
    "base64_(en|de)code[(].*[)]",
  ].map((pattern) => block(`if ($query_string ~ "${pattern}")`, "return 403;")),
  "",
);

/** assets are kept for half an hour and go past the host's own locations. */
const assets = lines(
  block(
    "location ~* ^.*[.](css|js|jpe?g|gif|png|webp|woff2?|eot|ttf|svg|ico)$",
    "proxy_cache public-cache;",
    "proxy_cache_key $host$request_uri;",
    "proxy_ignore_headers Set-Cookie Cache-Control Expires X-Accel-Expires;",
    "proxy_cache_valid any 30m;",
    "proxy_cache_valid 404 1m;",
    "proxy_hide_header Last-Modified;",
    "proxy_hide_header Cache-Control;",
    "proxy_hide_header Vary;",
    "proxy_connect_timeout 5s;",
    "proxy_read_timeout 45s;",
    "expires @30m;",
    "include conf.d/include/proxy.conf;",
  ),
  "",
);

function challenge({ data }: Dialect): string {
  return lines(
    block(
      "location ^~ /.well-known/acme-challenge/",
      "auth_basic off;",
      "allow all;",
      `default_type "text/plain";`,
      `root ${data}/letsencrypt-acme-challenge;`,
    ),
    "",
  );
}

const mimeTypes = lines(
  block("types", "text/html html htm;", "text/css css;", "application/javascript js;", "image/svg+xml svg;"),
  "",
);
