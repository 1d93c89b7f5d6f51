import { z } from "zod";
import { Name } from "./x509";

const text = z.string().nullable();

/** subjectBlock is the `subject` block of a certificate or a request; there is at most one. */
export const subjectBlock = z.array(
  z.object({
    common_name: text,
    country: text,
    email_address: text,
    locality: text,
    organization: text,
    organizational_unit: text,
    postal_code: text,
    province: text,
    serial_number: text,
    street_address: z.array(z.string()).nullable(),
  }),
);

/** subjectName orders the parts as Go's library does. */
export function subjectName([subject]: z.infer<typeof subjectBlock>): Name {
  if (subject === undefined) return new Name([]);
  const parts: readonly (readonly [string, readonly (string | null)[]])[] = [
    ["2.5.4.6", [subject.country]],
    ["2.5.4.10", [subject.organization]],
    ["2.5.4.11", [subject.organizational_unit]],
    ["2.5.4.7", [subject.locality]],
    ["2.5.4.8", [subject.province]],
    ["2.5.4.9", subject.street_address ?? []],
    ["2.5.4.17", [subject.postal_code]],
    ["2.5.4.3", [subject.common_name || null]],
    ["2.5.4.5", [subject.serial_number || null]],
    [emailAddress, [subject.email_address]],
  ];
  return nameOf(parts);
}

/** certificateName is a request's subject as it enters the certificate: without the e-mail address. */
export function certificateName(requested: Name): Name {
  return nameOf(order.map((oid) => [oid, requested.getField(oid)]));
}

const emailAddress = "1.2.840.113549.1.9.1";
const order = ["6", "10", "11", "7", "8", "9", "17", "3", "5"].map((last) => `2.5.4.${last}`);

function nameOf(parts: readonly (readonly [string, readonly (string | null)[]])[]): Name {
  return new Name(
    parts.flatMap(([oid, values]) => {
      const given = values.filter((value) => value !== null);
      return given.length === 0 ? [] : [{ [oid]: given.map((value) => encoded(oid, value)) }];
    }),
  );
}

function encoded(
  oid: string,
  value: string,
): { ia5String: string } | { printableString: string } | { utf8String: string } {
  if (oid === emailAddress) return { ia5String: value };
  return /^[A-Za-z0-9 '()+,\-./:=?]*$/.test(value) ? { printableString: value } : { utf8String: value };
}
