import type { Dialect } from "../dialect";
import { block, lines } from "./server";

/** Root of an nginx: where it keeps what, below its folder. */
export interface Root {
  readonly dialect: Dialect;
  /** user that the workers run as; undefined where the master is not root. */
  readonly user: string | undefined;
  /** streamModule to load; "built in", or undefined where this nginx cannot carry streams. */
  readonly streamModule: string | undefined;
  /** address that its own requests come from. In a namespace where every address is local, the kernel would take the target's. */
  readonly address: string | undefined;
}

/** rootFile is nginx.conf: limits, whom it believes a client's address from, and the folders of hosts. */
export function rootFile({ dialect, user, streamModule, address }: Root): string {
  const { data } = dialect;
  const from = address !== undefined && `proxy_bind ${address};`;
  const hosts = ["default_host", "proxy_host", "redirection_host", "dead_host"];
  return lines(
    streamModule !== undefined && streamModule !== "built in" && `load_module ${streamModule};`,
    "daemon off;",
    "pid run/nginx.pid;",
    user !== undefined && `user ${user};`,
    "worker_processes 1;",
    "error_log logs/error.log notice;",
    block("events"),
    block(
      "http",
      "types_hash_max_size 2048;",
      "include conf.d/mime.types;",
      "default_type application/octet-stream;",
      "server_tokens off;",
      "client_body_temp_path temp/body;",
      "proxy_temp_path temp/proxy;",
      "fastcgi_temp_path temp/fastcgi;",
      "uwsgi_temp_path temp/uwsgi;",
      "scgi_temp_path temp/scgi;",
      "proxy_cache_path temp/cache levels=1:2 keys_zone=public-cache:1m max_size=16m;",
      ...limits,
      from,
      "log_format edge '$remote_addr $host \"$request\" $status $upstream_addr';",
      "access_log logs/access.log edge;",
      ...maps,
      ...clientAddress,
      `include ${data}/nginx/custom/http_top[.]conf;`,
      "include conf.d/default.conf;",
      ...hosts.map((folder) => `include ${data}/nginx/${folder}/*.conf;`),
    ),
    streamModule !== undefined && block("stream", from, `include ${data}/nginx/stream/*.conf;`),
    "",
  );
}

/** limits that hold until a host sets its own: 2000 MB, 90 s. */
const limits = [
  "keepalive_timeout 90s;",
  "proxy_connect_timeout 90s;",
  "proxy_send_timeout 90s;",
  "proxy_read_timeout 90s;",
  "client_max_body_size 2000m;",
  "server_names_hash_bucket_size 1024;",
  "proxy_http_version 1.1;",
  `proxy_set_header Accept-Encoding "";`,
  "proxy_cache off;",
  "gzip on;",
];

/** maps: what a client says of its own scheme, if it is a scheme, else the real one. */
const maps = [
  block("map $host $forward_scheme", "default http;"),
  ...["proto", "scheme"].map((name) =>
    block(
      `map $http_x_forwarded_${name} $x_forwarded_${name}`,
      "http http;",
      "https https;",
      "default $scheme;",
    ),
  ),
  block(
    "map $http_x_forwarded_proto,$http_x_forwarded_scheme $client_calls_itself_https",
    "default F;",
    "~^https, T;",
    "~,https$ T;",
  ),
];

/** clientAddress: anybody in a private network may say which address it has. */
const clientAddress = [
  "set_real_ip_from 10.0.0.0/8;",
  "set_real_ip_from 172.16.0.0/12;",
  "set_real_ip_from 192.168.0.0/16;",
  "real_ip_header X-Real-IP;",
  "real_ip_recursive on;",
];
