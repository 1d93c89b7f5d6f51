import type { Related } from "../../kinds/kind";
import type { StreamRow } from "../../rows/rows";
import type { Dialect } from "../dialect";
import { block, certificateOf, lines } from "./server";

/** streamFile: a server per protocol; nothing here asks whether the port is another's already. */
export function streamFile(row: StreamRow, { certificate }: Related, dialect: Dialect): string {
  const comment = `# ${row.incoming_port} TCP: ${row.tcp_forwarding} UDP: ${row.udp_forwarding}\n`;
  if (!row.enabled) return comment;
  const address = dialect.listen(row.incoming_port);
  const tls = certificate === undefined ? "" : " ssl";
  const pass = `proxy_pass ${row.forwarding_host}:${row.forwarding_port};`;
  const custom = (name: string): string => `include ${dialect.data}/nginx/custom/${name}[.]conf;`;
  return lines(
    comment,
    row.tcp_forwarding &&
      block(
        "server",
        `listen ${address}${tls};`,
        certificateOf(row, certificate, dialect),
        pass,
        custom("server_stream"),
        custom("server_stream_tcp"),
      ),
    row.udp_forwarding &&
      block("server", `listen ${address} udp;`, pass, custom("server_stream"), custom("server_stream_udp")),
    "",
  );
}
