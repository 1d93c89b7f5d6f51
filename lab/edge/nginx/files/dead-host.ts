import type { Related } from "../../kinds/kind";
import type { DeadHostRow } from "../../rows/rows";
import type { Dialect } from "../dialect";
import { block, forceTls, hasOwnDefaultLocation, hsts, hstsMap, lines, listen } from "./server";

export function deadHostFile(row: DeadHostRow, related: Related, dialect: Dialect): string {
  const comment = `# ${row.domain_names.join(", ")}\n`;
  if (!row.enabled) return comment;
  const server = block(
    "server",
    listen(row, related, dialect),
    hsts(row, related),
    forceTls(row, related),
    row.advanced_config,
    !hasOwnDefaultLocation(row.advanced_config) && block("location /", hsts(row, related), "return 404;"),
    `include ${dialect.data}/nginx/custom/server_dead[.]conf;`,
  );
  return lines(comment, hstsMap(row), server, "");
}
