import { listOf } from "../words";
import { literal } from "./literals";

/** link, a URL of one of these protocols without a login in it; `login` says where that stands instead. */
export function link(protocols: readonly string[], login: { readonly code: string; readonly fix: string }) {
  const begins = protocols.map((protocol) => `${protocol}://`);
  return literal(
    (text) => {
      const url = parsed(text);
      return url !== undefined && begins.some((begin) => text.startsWith(begin)) && !hasLogin(url)
        ? text
        : undefined;
    },
    (text) => {
      const url = parsed(text);
      return url !== undefined && hasLogin(url)
        ? { ...login, why: "no secret stands in the file" }
        : {
            code: "schema/format",
            why: `it has to be a URL that begins with ${listOf(begins, "or")}`,
            fix: `write it like "${begins[0] ?? ""}${begins[0] === "file://" ? "/srv/rke2" : "host.test.com"}"`,
          };
    },
  ).meta({
    description: `a URL that begins with ${listOf(
      begins.map((begin) => `\`${begin}\``),
      "or",
    )}, without a login`,
    problems: [login.code, "schema/format"],
  });
}

/** folder in a bucket: no slash at its ends. */
export const folder = literal(
  (text) => (/^[^/\s]+(\/[^/\s]+)*$/.test(text) ? text : undefined),
  (text) => ({
    code: "schema/folder",
    why: "it is put between slashes, and a store takes two in a row for a folder without a name",
    fix: withoutSlashes(text) === "" ? "leave it out" : `write "${withoutSlashes(text)}"`,
  }),
).meta({ description: "folders with slashes between, none at the ends", problems: ["schema/folder"] });

function withoutSlashes(text: string): string {
  return text
    .split(/[/\s]+/)
    .filter((part) => part !== "")
    .join("/");
}

function hasLogin({ username, password }: URL): boolean {
  return username !== "" || password !== "";
}

function parsed(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}
