import { isIPv4, isIPv6 } from "node:net";
import { z } from "zod";
import { ProviderError } from "../protocol/problem";
import { SubjectAlternativeNameExtension, type JsonGeneralName } from "./x509";

const texts = z.array(z.string()).nullable();

export const alternativeNames = { dns_names: texts, ip_addresses: texts, uris: texts };

export type AlternativeNames = z.infer<z.ZodObject<typeof alternativeNames>>;

/** alternativeNameExtension; none without names. It is critical when there is no subject. */
export function alternativeNameExtension(
  { dns_names, ip_addresses, uris }: AlternativeNames,
  subjectIsEmpty: boolean,
): readonly SubjectAlternativeNameExtension[] {
  const names: JsonGeneralName[] = [
    ...(dns_names ?? []).map((value) => ({ type: "dns" as const, value })),
    ...(ip_addresses ?? []).map((value) => ({ type: "ip" as const, value: address(value) })),
    ...(uris ?? []).map((value) => ({ type: "url" as const, value })),
  ];
  return names.length === 0 ? [] : [new SubjectAlternativeNameExtension(names, subjectIsEmpty)];
}

/** requestedNames keeps what a certificate takes over from a request. */
export function requestedNames(extension: SubjectAlternativeNameExtension | undefined): AlternativeNames {
  const items = extension?.names.items ?? [];
  const of = (type: string): string[] => items.filter((name) => name.type === type).map((name) => name.value);
  return { dns_names: of("dns"), ip_addresses: of("ip"), uris: of("url") };
}

/** address in the one form that the certificate library reads right; an IPv4 address in IPv6 clothes is IPv4. */
function address(value: string): string {
  if (isIPv4(value)) return value;
  if (!isIPv6(value) || value.includes("%")) {
    throw new ProviderError({
      summary: "Invalid IP address",
      detail: `Failed to parse ${JSON.stringify(value)}`,
    });
  }
  const hextets = new URL(`http://[${value}]`).hostname.slice(1, -1);
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(hextets);
  if (mapped === null) return hextets;
  const bytes = mapped
    .slice(1)
    .flatMap((each) => [Number.parseInt(each, 16) >> 8, Number.parseInt(each, 16) & 0xff]);
  return bytes.join(".");
}
