import { deadHostFile } from "../nginx/files/dead-host";
import type { DeadHostRow } from "../rows/rows";
import { creating, fields, updating } from "../schema/fields";
import { ajv, reader } from "../schema/validate";
import { type Given, type Kind, noTls, stored, tlsCleared } from "./kind";

const readPost = reader(
  ajv.compile<Given<DeadHostRow> & Pick<DeadHostRow, "domain_names">>(
    creating(fields.deadHost, "domain_names"),
  ),
);
const readPut = reader(ajv.compile<Given<DeadHostRow>>(updating(fields.deadHost)));

export const deadHost: Kind<DeadHostRow> = {
  type: "dead_host",
  section: "dead_hosts",
  path: "dead-hosts",
  noun: "Host",
  table: (database) => database.deadHosts,
  created(body) {
    const given = readPost(body);
    return {
      domainNames: given.domain_names,
      make: (stamp) => tlsCleared({ ...defaults, ...given, ...stored(given), ...stamp }, given),
    };
  },
  // A PUT saves what it was given as it is, and writes the file of the row before it (internal/dead-host.js).
  changed(body) {
    const given = readPut(body);
    return {
      domainNames: given.domain_names ?? [],
      change: (row) => ({ ...row, ...given, ...stored(given, row) }),
    };
  },
  writtenAfterPut: () => "old row, without its certificate",
  text: ({ domain_names }) => JSON.stringify(domain_names),
  accessListId: () => 0,
  file: deadHostFile,
};

const defaults = { ...noTls, advanced_config: "", enabled: true, meta: {} };
