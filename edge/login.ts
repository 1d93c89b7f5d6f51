/**
 * managedSections of the proxy: the login has to manage each of them, as docs/how-to/nginx-proxy-manager.md grants
 * them.
 */
export const managedSections = [
  "proxy_hosts",
  "redirection_hosts",
  "dead_hosts",
  "streams",
  "certificates",
] as const;
