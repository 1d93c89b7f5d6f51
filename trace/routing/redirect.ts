/** Change of a URL that a redirect makes; what is absent stays as it was asked for. */
export interface Change {
  readonly scheme?: string | undefined;
  readonly host?: string | undefined;
  /** port; with another scheme and without one, the scheme's own. */
  readonly port?: number | undefined;
  readonly path?: string | undefined;
}

/** redirected URL, whole. */
export function redirected(asked: URL, { scheme, host, port, path }: Change): string {
  const url = new URL(asked);
  if (scheme !== undefined) {
    url.protocol = `${scheme}:`;
    url.port = "";
  }
  if (host !== undefined) url.hostname = host;
  if (port !== undefined) url.port = String(port);
  if (path !== undefined) url.pathname = path;
  return url.href;
}
