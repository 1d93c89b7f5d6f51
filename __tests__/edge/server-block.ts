import type { ProxyHost, ProxyLocation } from "../../edge/hosts";

/**
 * serverBlock that Nginx Proxy Manager 2.15 writes for a proxy host (backend/templates/proxy_host.conf, _location.conf),
 * but for logs. `listening` is what a test wants in place of ports 80 and 443.
 */
export function serverBlock(host: ProxyHost, listening = "listen 80;"): string {
  return `
map $scheme $hsts_header {
  https "max-age=63072000;${host.hstsSubdomains ? " includeSubDomains;" : ""} preload";
}
server {
  set $forward_scheme ${host.forwardScheme};
  set $server "${host.forwardHost}";
  set $port ${host.forwardPort};
  ${listening}
  server_name ${host.domainNames.join(" ")};
  ${hsts(host)}
  ${upgrade(host)}

${host.advancedConfig}

${host.locations.map((location) => locationBlock(host, location)).join("")}
${hasItsOwn(host) ? "" : `location / { ${hsts(host)} ${upgrade(host)} include conf.d/include/proxy.conf; }`}
}
`;
}

/** hasItsOwn location for everything, by which the proxy leaves its own out (backend/internal/nginx.js). */
function hasItsOwn({ advancedConfig, locations }: ProxyHost): boolean {
  return (
    /^(?:.*;)?\s*?location\s*?\/\s*?{/im.test(advancedConfig) || locations.some(({ path }) => path === "/")
  );
}

function locationBlock(
  host: ProxyHost,
  { path, forwardScheme, forwardHost, forwardPort, advancedConfig }: ProxyLocation,
) {
  return `
  location ${path} {
    ${advancedConfig}

    proxy_set_header Host $host;
    proxy_set_header X-Forwarded-Scheme $scheme;
    proxy_set_header X-Forwarded-Proto  $scheme;
    proxy_set_header X-Forwarded-For    $remote_addr;
    proxy_set_header X-Real-IP		$remote_addr;

    proxy_pass       ${forwardScheme}://${forwardHost}:${forwardPort};
    ${hsts(host)}
    ${upgrade(host)}
  }
`;
}

function hsts({ hstsEnabled }: ProxyHost): string {
  return hstsEnabled ? "add_header Strict-Transport-Security $hsts_header always;" : "";
}

function upgrade({ allowWebsocketUpgrade }: ProxyHost): string {
  return allowWebsocketUpgrade
    ? `proxy_set_header Upgrade $http_upgrade;
       proxy_set_header Connection $http_connection;
       proxy_http_version 1.1;`
    : "";
}
