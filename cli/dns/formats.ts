import { isIP } from "node:net";
import type { DnsRecord, Zone } from "./records";

/** formats of what a name server or a machine reads. */
export const formats = {
  /** zone, lines of a BIND zone file with whole names. Source: RFC 1035 §5.1. */
  zone: ({ notes, records }: Zone): string[] => [
    ...notes.map((note) => `; ${note}`),
    ...records.map(({ name, address }) => `${name}. 300 IN ${isIP(address) === 6 ? "AAAA" : "A"} ${address}`),
  ],

  /** hosts file, which has no wildcards. */
  hosts: ({ notes, records }: Zone): string[] => [
    ...notes.map((note) => `# ${note}`),
    ...records.map((record) =>
      isWildcard(record)
        ? `# ${record.name}: a hosts file has no wildcards. Write each name: ${record.address} <name>`
        : `${record.address} ${record.name}`,
    ),
  ],

  /**
   * dnsmasq: host-record is that name alone; the asterisk, which needs dnsmasq 2.86, leaves out the domain itself.
   * @see https://thekelleys.org.uk/dnsmasq/docs/dnsmasq-man.html
   */
  dnsmasq: ({ notes, records }: Zone): string[] => [
    ...notes.map((note) => `# ${note}`),
    ...(records.some(isWildcard) ? ["# Wildcards need dnsmasq 2.86 or newer."] : []),
    ...records.map((record) =>
      isWildcard(record)
        ? `address=/${record.name}/${record.address}`
        : `host-record=${record.name},${record.address}`,
    ),
  ],
} as const;

export type Format = keyof typeof formats;

function isWildcard({ name }: DnsRecord): boolean {
  return name.startsWith("*.");
}
