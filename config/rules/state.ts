import type { Draft } from "../draft";
import { error, warning } from "../problem";
import type { Problem } from "../problem";

/** state: each stack has a place of its own, and nobody reads along. */
export function state(drafts: readonly Draft[]): Problem[] {
  return drafts.flatMap((draft) => [...schemaTooLong(draft), ...plainHttp(draft)]);
}

/** longest end of a stack's name; PostgreSQL cuts a name after 63 bytes, and two stacks would have one schema. */
const longestStack = "-identity";
const longestName = 63;

function schemaTooLong(draft: Draft): Problem[] {
  const { name, state: written } = draft.input;
  if (written === undefined || !("pg" in written)) return [];
  const schema = written.pg.schema ?? "slipway";
  const longest = `${schema}_${name}${longestStack}`;
  if (longest.length <= longestName) return [];
  return [
    error("state/schema-too-long", [draft.at("state", "pg", "schema"), draft.at("name")], {
      found: `"${longest}" has ${longest.length} characters`,
      why: `PostgreSQL cuts a name after ${longestName}: two stacks would write one state`,
      fix: `shorten them by ${longest.length - longestName}`,
    }),
  ];
}

/** plainHttp: a state holds the keys of the cluster's authorities. */
function plainHttp(draft: Draft): Problem[] {
  const { state: written } = draft.input;
  if (written === undefined || "pg" in written) return [];
  const [url, ...keys] =
    "http" in written
      ? [written.http.address, "http", "address"]
      : [written.s3.endpoint ?? "https:", "s3", "endpoint"];
  if (!url.startsWith("http:") || isLoopback(new URL(url).hostname)) return [];
  return [
    warning("state/plain-http", [draft.at("state", ...keys)], {
      found: `"${url}"`,
      why: "the state holds the keys of the cluster's authorities, and the login goes along: whoever is on the way reads both",
      fix: "write its https:// address",
    }),
  ];
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host.startsWith("127.");
}
