import { streamFile } from "../nginx/files/stream";
import type { StreamRow } from "../rows/rows";
import { creating, fields, updating } from "../schema/fields";
import { ajv, reader } from "../schema/validate";
import type { Given, Kind } from "./kind";

type Required = "incoming_port" | "forwarding_host" | "forwarding_port";

const readPost = reader(
  ajv.compile<Given<StreamRow> & Pick<StreamRow, Required>>(
    creating(fields.stream, "incoming_port", "forwarding_host", "forwarding_port"),
  ),
);
const readPut = reader(ajv.compile<Given<StreamRow>>(updating(fields.stream)));

export const stream: Kind<StreamRow> = {
  type: "stream",
  section: "streams",
  path: "streams",
  noun: "Stream",
  table: (database) => database.streams,
  created(body) {
    const given = readPost(body);
    return {
      domainNames: [],
      make: (stamp) => ({
        ...defaults,
        ...given,
        certificate_id: Number(given.certificate_id ?? 0),
        ...stamp,
      }),
    };
  },
  changed(body) {
    const given = readPut(body);
    return {
      domainNames: [],
      change: (row) => ({
        ...row,
        ...given,
        certificate_id: Number(given.certificate_id ?? row.certificate_id),
      }),
    };
  },
  writtenAfterPut: () => "new row",
  text: ({ incoming_port }) => String(incoming_port),
  accessListId: () => 0,
  file: streamFile,
};

const defaults = { tcp_forwarding: false, udp_forwarding: false, enabled: true, meta: {} };
