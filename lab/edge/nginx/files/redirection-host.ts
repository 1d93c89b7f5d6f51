import type { Related } from "../../kinds/kind";
import type { RedirectionHostRow } from "../../rows/rows";
import type { Dialect } from "../dialect";
import {
  block,
  blockExploits,
  forceTls,
  hasOwnDefaultLocation,
  hsts,
  hstsMap,
  lines,
  listen,
} from "./server";

export function redirectionHostFile(row: RedirectionHostRow, related: Related, dialect: Dialect): string {
  const comment = `# ${row.domain_names.join(", ")}\n`;
  if (!row.enabled) return comment;
  const scheme = row.forward_scheme === "auto" ? "$scheme" : row.forward_scheme;
  const target = `${scheme}://${row.forward_domain_name}${row.preserve_path ? "$request_uri" : ""}`;
  const server = block(
    "server",
    listen(row, related, dialect),
    blockExploits(row),
    hsts(row, related),
    forceTls(row, related),
    row.advanced_config,
    !hasOwnDefaultLocation(row.advanced_config) &&
      block("location /", hsts(row, related), `return ${row.forward_http_code} ${target};`),
    `include ${dialect.data}/nginx/custom/server_redirect[.]conf;`,
  );
  return lines(comment, hstsMap(row), server, "");
}
