import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serverCertificate, selfSignedAuthority } from "../../lab/network/certificate";
import type { ProxyHost } from "../../edge/hosts";
import { serverBlock } from "./server-block";

/** missing: why nginx cannot run here, if it cannot. */
export const missing =
  spawnSync("nginx", ["-v"]).error === undefined ? undefined : "there is no nginx on PATH";

/** address of this process alone on loopback, so that its ports are nobody else's. */
export const address = `127.77.${(process.pid >> 8) & 255}.${process.pid & 255}`;
export const ports = { http: 18_080, https: 18_443 };

/** Nginx with the settings that Nginx Proxy Manager has around the hosts (docker/rootfs/etc/nginx/nginx.conf). */
export class Nginx {
  private constructor(private readonly folder: string) {}

  static async of(hosts: readonly ProxyHost[]): Promise<Nginx> {
    const folder = mkdtempSync(join(tmpdir(), "slipway-nginx-"));
    const authority = await selfSignedAuthority("edge test");
    const shown = await serverCertificate(authority, "edge", ["*.test.com", "*.apps.test.com"]);
    mkdirSync(join(folder, "conf.d", "include"), { recursive: true });
    writeFileSync(join(folder, "conf.d", "include", "proxy.conf"), proxyConf);
    writeFileSync(join(folder, "certificate.pem"), shown.certificatePem);
    writeFileSync(join(folder, "key.pem"), shown.keyPem, { mode: 0o600 });
    writeFileSync(
      join(folder, "nginx.conf"),
      around(hosts.map((host) => serverBlock(host, listening(host)))),
    );
    return new Nginx(folder);
  }

  /** test as the proxy does before it serves a host; returns what nginx said against it. */
  test(): string {
    const { status, stderr } = this.run("-t");
    return status === 0 ? "" : stderr;
  }

  /** start returns when the ports are open: nginx becomes a daemon after that. */
  start(): void {
    const { status } = this.run();
    if (status !== 0) throw new Error(readFileSync(join(this.folder, "error.log"), "utf8"));
  }

  stop(): void {
    process.kill(Number(readFileSync(join(this.folder, "nginx.pid"), "utf8")), "SIGTERM");
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  private run(...more: readonly string[]) {
    const args = [
      "-p",
      `${this.folder}/`,
      "-c",
      "nginx.conf",
      "-e",
      more.length > 0 ? "stderr" : "error.log",
      ...more,
    ];
    // A daemon would hold a pipe open for ever.
    return spawnSync("nginx", args, { encoding: "utf8", stdio: more.length > 0 ? "pipe" : "ignore" });
  }
}

function listening({ certificate }: ProxyHost): string {
  return certificate === undefined
    ? `listen ${address}:${ports.http};`
    : `listen ${address}:${ports.http}; listen ${address}:${ports.https} ssl;
       ssl_certificate certificate.pem; ssl_certificate_key key.pem;`;
}

function around(servers: readonly string[]): string {
  return `
daemon on; master_process off; pid nginx.pid;
events {}
http {
  access_log off; error_log error.log;
  client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
  proxy_connect_timeout 90s; proxy_send_timeout 90s; proxy_read_timeout 90s;
  client_max_body_size 2000m;
  server_names_hash_bucket_size 1024;
  proxy_http_version 1.1;
  proxy_set_header X-Forwarded-Scheme $scheme;
  proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
  proxy_set_header Accept-Encoding "";
  proxy_cache off;
  proxy_cache_path public levels=1:2 keys_zone=public-cache:1m max_size=1m;
  map $http_x_forwarded_proto $x_forwarded_proto { "http" "http"; "https" "https"; default $scheme; }
  map $http_x_forwarded_scheme $x_forwarded_scheme { "http" "http"; "https" "https"; default $scheme; }
  # As the proxy has its private networks: every visitor of this test is in one.
  set_real_ip_from 127.0.0.0/8;
  real_ip_header X-Real-IP;
  real_ip_recursive on;
  ${servers.join("\n")}
}
`;
}

/** proxyConf of Nginx Proxy Manager, conf.d/include/proxy.conf. */
const proxyConf = `
add_header       X-Served-By $host;
proxy_set_header Host $host;
proxy_set_header X-Forwarded-Scheme $x_forwarded_scheme;
proxy_set_header X-Forwarded-Proto  $x_forwarded_proto;
proxy_set_header X-Forwarded-For    $proxy_add_x_forwarded_for;
proxy_set_header X-Real-IP          $remote_addr;
proxy_pass       $forward_scheme://$server:$port$request_uri;
`;
