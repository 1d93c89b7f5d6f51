import { redirectionHostFile } from "../nginx/files/redirection-host";
import type { RedirectionHostRow } from "../rows/rows";
import { creating, fields, updating } from "../schema/fields";
import { ajv, reader } from "../schema/validate";
import { type Given, type Kind, noTls, stored, tlsCleared } from "./kind";

type Required = "domain_names" | "forward_scheme" | "forward_http_code" | "forward_domain_name";
type Body = Given<RedirectionHostRow> & Pick<RedirectionHostRow, Required>;

const readPost = reader(
  ajv.compile<Body>(
    creating(
      fields.redirectionHost,
      "domain_names",
      "forward_scheme",
      "forward_http_code",
      "forward_domain_name",
    ),
  ),
);
const readPut = reader(ajv.compile<Given<RedirectionHostRow>>(updating(fields.redirectionHost)));

export const redirectionHost: Kind<RedirectionHostRow> = {
  type: "redirection_host",
  section: "redirection_hosts",
  path: "redirection-hosts",
  noun: "Host",
  table: (database) => database.redirectionHosts,
  created(body) {
    const given = readPost(body);
    return {
      domainNames: given.domain_names,
      make: (stamp) => tlsCleared({ ...defaults, ...given, ...stored(given), ...stamp }, given),
    };
  },
  changed(body) {
    const given = readPut(body);
    return {
      domainNames: given.domain_names ?? [],
      change: (row) => tlsCleared({ ...row, ...given, ...stored(given, row) }, given),
    };
  },
  writtenAfterPut: () => "new row",
  text: ({ domain_names }) => JSON.stringify(domain_names),
  accessListId: () => 0,
  file: redirectionHostFile,
};

const defaults = {
  ...noTls,
  preserve_path: false,
  block_exploits: false,
  advanced_config: "",
  enabled: true,
  meta: {},
};
