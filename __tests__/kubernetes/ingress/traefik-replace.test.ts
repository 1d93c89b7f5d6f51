import { z } from "zod";
import type { PathMatch, Redirect, Rewrite } from "../../../config/model/routes";
import { redirectSpec, rewriteSpec } from "../../../kubernetes/ingress/traefik/replace";

const p = { kind: "prefix", value: "/p" } as const;

test.each([
  ["/p", "/q", "/q"],
  ["/p/", "/q", "/q/"],
  ["/p/a/b", "/q", "/q/a/b"],
  ["/p", "/", "/"],
  ["/p/", "/", "/"],
  ["/p/a", "/", "/a"],
  ["/p//a", "/", "/a"],
  ["/p/a", "/q/", "/q/a"],
  ["/p/p/a", "/q", "/q/p/a"],
  ["/p/a", "/$1", "/$1/a"],
])("%s below /p, which becomes %s, is asked for as %s", (asked, value, expected) => {
  expect(rewritten(p, { kind: "prefix", value }, asked)).toBe(expected);
});

test.each([
  ["/a", "/v1", "/v1/a"],
  ["/", "/v1", "/v1/"],
])("%s below / is asked for below %s as %s", (asked, value, expected) => {
  expect(rewritten({ kind: "prefix", value: "/" }, { kind: "prefix", value }, asked)).toBe(expected);
});

test("dots and braces of a path are no expression", () => {
  const odd = { kind: "prefix", value: "/v1.0/{x}" } as const;
  expect(rewritten(odd, { kind: "prefix", value: "/" }, "/v1.0/{x}/a")).toBe("/a");
  expect(rewritten(odd, { kind: "prefix", value: "/" }, "/v1a0/{x}/a")).toBe("/v1a0/{x}/a");
});

const asked = "http://main.test.com:8080/p/a?b=1";

test.each([
  [{ scheme: "https" }, "https://main.test.com/p/a?b=1"],
  [{ host: "new.test.com" }, "//new.test.com/p/a?b=1"],
  [{ scheme: "https", host: "new.test.com", port: 8443 }, "https://new.test.com:8443/p/a?b=1"],
  [{ port: 8443 }, "//main.test.com:8443/p/a?b=1"],
  [{ path: { kind: "prefix", value: "/q" } }, "/q/a?b=1"],
  [{ path: { kind: "prefix", value: "/" } }, "/a?b=1"],
  [{ path: { kind: "full", value: "/new" } }, "/new?b=1"],
  [{ host: "new.test.com", path: { kind: "full", value: "/new" } }, "//new.test.com/new?b=1"],
] as const)("a redirect to %j keeps the rest as it was asked for", (redirect, location) => {
  expect(redirected(p, redirect, asked)).toBe(location);
});

test("a redirect never begins with two slashes of the path's", () => {
  const toRoot = { path: { kind: "prefix", value: "/" } } as const;
  expect(redirected(p, toRoot, "http://main.test.com/p//evil.com")).toBe("/evil.com");
});

test.each([
  [301, true],
  [308, true],
  [302, false],
  [307, false],
] as const)("status %i is permanent: %s", (status, permanent) => {
  const spec = redirectSpec(p, { kind: "redirect", status, scheme: "https" });
  expect(redirectRegex.parse(spec).redirectRegex.permanent).toBe(permanent);
});

test("no text of Traefik's is one that Terraform fills in", () => {
  const specs = [
    redirectSpec(p, { kind: "redirect", status: 301, path: { kind: "prefix", value: "/q" } }),
    rewriteSpec(p, { kind: "prefix", value: "/q" }),
  ];
  expect(JSON.stringify(specs)).not.toMatch(/\$\{|%\{/);
});

function rewritten(path: PathMatch, rewrite: Rewrite, text: string): string {
  const { regex, replacement } = replacePathRegex.parse(rewriteSpec(path, rewrite)).replacePathRegex;
  return asGoReplaces(regex, replacement, text);
}

function redirected(path: PathMatch, redirect: Partial<Redirect>, url: string): string {
  const spec = redirectSpec(path, { kind: "redirect", status: 302, ...redirect });
  const { regex, replacement } = redirectRegex.parse(spec).redirectRegex;
  return asGoReplaces(regex, replacement, url);
}

/** asGoReplaces: regexp.ReplaceAllString, whose `$name` ends at the first character that is no word's, `$$` a dollar. */
function asGoReplaces(regex: string, replacement: string, text: string): string {
  const groups = new RegExp(regex.replaceAll("(?P<", "(?<")).exec(text);
  if (groups === null) return text;
  return replacement.replace(/\$(\$|\w+)/g, (_, name: string) =>
    name === "$" ? "$" : (groups.groups?.[name] ?? ""),
  );
}

const replacement = z.object({ regex: z.string(), replacement: z.string() });
const replacePathRegex = z.object({ replacePathRegex: replacement });
const redirectRegex = z.object({ redirectRegex: replacement.extend({ permanent: z.boolean() }) });
