import { type EdgeRecords, edgeRecords } from "../../trace/edge/records";
import type { Database } from "./rows/database";
import type { ServedRow } from "./rows/rows";

/** recordsOf a proxy's database, as what follows a request reads them: each named by its number. */
export function recordsOf(database: Database, address: string): EdgeRecords {
  return edgeRecords.parse({
    address,
    proxyHosts: database.proxyHosts.all().map(recordOf),
    redirectionHosts: database.redirectionHosts.all().map(recordOf),
    deadHosts: database.deadHosts.all().map(recordOf),
    streams: database.streams.all().map(recordOf),
    certificates: database.certificates.all().map(({ id }) => ({ id, name: String(id) })),
  });
}

function recordOf(row: ServedRow): object {
  const { nginx_online: online, nginx_err: error } = row.meta;
  return { ...row, name: String(row.id), nginx_online: online === true, nginx_err: error };
}
