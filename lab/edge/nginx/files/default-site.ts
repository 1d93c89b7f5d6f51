import type { DefaultSite } from "../../rows/database";
import type { Dialect } from "../dialect";
import { block, lines } from "./server";

/** defaultSiteFile answers names that no host has, on port 80; on 443 such a handshake is refused anyway. */
export function defaultSiteFile({ value, meta }: DefaultSite, dialect: Dialect): string {
  const comment = "# Default Site\n";
  if (value === "congratulations") return comment;
  return lines(
    comment,
    block(
      "server",
      `listen ${dialect.listen(80)} default_server;`,
      "server_name default-host.localhost;",
      "include conf.d/include/letsencrypt-acme-challenge.conf;",
      value === "404" && block("location /", "return 404;"),
      value === "444" && block("location /", "return 444;"),
      value === "redirect" && block("location /", `return 301 ${meta.redirect ?? ""};`),
      value === "html" && `root ${dialect.data}/nginx/default_www;`,
      value === "html" && block("location /", "try_files $uri /index.html;"),
    ),
    "",
  );
}
