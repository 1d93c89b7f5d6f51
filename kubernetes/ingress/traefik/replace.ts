import type { PathMatch, Redirect, Rewrite } from "../../../config/model/routes";
import type { Json } from "../../object";

/** rewriteSpec of a path: Middleware replacePath or replacePathRegex. */
export function rewriteSpec(path: PathMatch, rewrite: Rewrite): Json {
  if (rewrite.kind === "full") return { replacePath: { path: rewrite.value } };
  const { regex, replacement } = pathReplacement(path, rewrite);
  return { replacePathRegex: { regex: `^${regex}$`, replacement } };
}

/**
 * redirectSpec. What the redirect does not name is left out of the Location, and a browser keeps it: behind the edge
 * Traefik cannot know the scheme. Traefik has two statuses for each kind of redirect: a permanent one answers GET with
 * 301 and other methods with 308, another one with 302 and 307.
 * @see https://github.com/traefik/traefik/blob/v3.7/pkg/middlewares/redirect/redirect.go
 */
export function redirectSpec(path: PathMatch, redirect: Redirect): Json {
  const { regex, replacement } = pathReplacement(path, redirect.path);
  return {
    redirectRegex: {
      regex: `^https?://(?P<host>[^/:?]+)(?::[0-9]+)?${regex}(?P<query>\\?.*)?$`,
      replacement: `${originOf(redirect)}${replacement}$query`,
      permanent: redirect.status === 301 || redirect.status === 308,
    },
  };
}

/** originOf a Location, as much of it as the redirect changes. */
function originOf({ scheme, host, port }: Redirect): string {
  if (scheme === undefined && host === undefined && port === undefined) return "";
  const authority = `//${host ?? "$host"}${port === undefined ? "" : `:${port}`}`;
  return scheme === undefined ? authority : `${scheme}:${authority}`;
}

interface Replacement {
  readonly regex: string;
  readonly replacement: string;
}

/**
 * pathReplacement that keeps what follows the prefix and joins it with one slash. Names stand without braces, which
 * Terraform would read as its own.
 */
function pathReplacement(path: PathMatch, rewrite: Rewrite | undefined): Replacement {
  if (rewrite === undefined) return { regex: "(?P<rest>[^?]*)", replacement: "$rest" };
  const value = rewrite.value.replaceAll("$", "$$$$");
  if (rewrite.kind === "full") return { regex: "[^?]*", replacement: value };
  const prefix = escaped(path.value.replace(/\/$/, ""));
  return value.endsWith("/")
    ? { regex: `${prefix}/*(?P<rest>[^?]*)`, replacement: `${value}$rest` }
    : { regex: `${prefix}(?P<rest>[^?]*)`, replacement: `${value}$rest` };
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
