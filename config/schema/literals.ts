import { z } from "zod";
import { isIpv4, parseNetwork, parseRange } from "../network";
import { parseGiB, parseMiB } from "../units";
import type { Size, Unit } from "../units";

/** Mistake is what a literal says about itself when it cannot be read; `schema/problems.ts` adds where it stands. */
export interface Mistake {
  readonly code: string;
  readonly why: string;
  readonly fix: string;
}

export const address = literal(
  (text) => (isIpv4(text) ? text : undefined),
  () => ({
    code: "addresses/not-ipv4",
    why: "an IPv4 address is four numbers from 0 to 255, without leading zeros",
    fix: 'write it like "192.168.0.21"',
  }),
).meta({ description: "an IPv4 address", problems: ["addresses/not-ipv4"] });

export const network = literal(
  (text) => {
    const parsed = parseNetwork(text);
    return parsed?.cidr === text ? parsed : undefined;
  },
  (text) => {
    const parsed = parseNetwork(text);
    return parsed === undefined
      ? {
          code: "addresses/not-a-network",
          why: "a network is its first address and the length of its prefix",
          fix: 'write it like "192.168.0.0/24"',
        }
      : {
          code: "addresses/host-bits",
          why: `the network of length /${parsed.prefix} that holds this address begins at ${parsed.cidr.split("/")[0]}`,
          fix: `write "${parsed.cidr}"`,
        };
  },
).meta({
  description: "an IPv4 network such as `192.168.0.0/24`",
  problems: ["addresses/not-a-network", "addresses/host-bits"],
});

export const range = literal(parseRange, (text) => {
  const [first = "", last = "", ...rest] = text.split("-").map((end) => end.trim());
  return isIpv4(first) && isIpv4(last) && rest.length === 0
    ? {
        code: "addresses/range-backwards",
        why: "a range goes from its lower address to its higher one",
        fix: `write "${last}-${first}"`,
      }
    : {
        code: "addresses/not-a-range",
        why: "a range is its first and its last address with a dash between",
        fix: 'write it like "192.168.0.240-192.168.0.250"',
      };
}).meta({
  description: "a range of IPv4 addresses such as `192.168.0.240-192.168.0.250`",
  problems: ["addresses/not-a-range", "addresses/range-backwards"],
});

/** domain, a DNS name: labels of a-z, 0-9 and dashes with dots between. */
export const domain = literal(
  (text) => (isDomain(text) ? text : undefined),
  () => ({
    code: "names/not-a-domain",
    why: "a domain is labels of a-z, 0-9 and dashes with dots between",
    fix: 'write it as "home.arpa"',
  }),
).meta({ description: "a DNS name", problems: ["names/not-a-domain"] });

export const portNumber = z.int().min(1).max(65535).meta({ description: "a port, 1 to 65535" });

export const memory = size(parseMiB, "memory is a whole number of MiB").meta({
  description: "a size in `MiB`, `GiB` or `TiB`, a whole number of MiB",
  problems: ["units/size", "units/not-whole"],
});
export const capacity = size(parseGiB, "disks are whole numbers of GiB").meta({
  description: "a size in `MiB`, `GiB` or `TiB`, a whole number of GiB",
  problems: ["units/size", "units/not-whole"],
});

/** label as RFC 1123 §2.1 has it: what host names and Kubernetes names are made of. */
export const label = literal(
  (text) => (isDnsLabel(text) ? text : undefined),
  (text) => ({
    code: "names/not-a-label",
    why: "it becomes part of host names: at most 63 of a-z, 0-9 and dashes, no dash at either end (RFC 1123)",
    fix: labelLike(text) === "" ? "write a name such as home" : `write "${labelLike(text)}"`,
  }),
).meta({
  description: "a DNS label: at most 63 of a-z, 0-9 and dashes (RFC 1123)",
  problems: ["names/not-a-label"],
});

export const sha256 = literal(
  (text) => (/^[0-9a-f]{64}$/.test(text) ? text : undefined),
  (text) => ({
    code: "template/not-a-digest",
    why: `a SHA-256 digest is 64 hexadecimal digits in lower case, this has ${text.length} characters`,
    fix: "copy it again from the publisher's SHA256SUMS, or let ./slipway pin read it",
  }),
).meta({
  description: "a SHA-256 digest, 64 hexadecimal digits in lower case",
  problems: ["template/not-a-digest"],
});

export function isDomain(text: string): boolean {
  return /^(?=.{1,253}$)[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})*$/.test(text);
}

export function isDnsLabel(text: string): boolean {
  return /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(text);
}

/** literal reads text into a value, or says why it cannot. */
export function literal<T>(read: (text: string) => T | undefined, mistake: (text: string) => Mistake) {
  return z.string().transform((text, context): T => {
    const value = read(text);
    if (value !== undefined) return value;
    context.addIssue({ code: "custom", params: { ...mistake(text) } });
    return z.NEVER;
  });
}

/** written reads a number or a text of a form that the compiler knows, or says why it cannot. */
export function written<Form extends string | number, T>(
  read: (text: string) => T | undefined,
  mistake: (found: unknown) => Mistake,
) {
  return z.custom<Form>().transform((found: unknown, context): T => {
    const value = typeof found === "string" || typeof found === "number" ? read(String(found)) : undefined;
    if (value !== undefined) return value;
    context.addIssue({ code: "custom", params: { ...mistake(found) } });
    return z.NEVER;
  });
}

function size<T>(read: (text: string) => T | undefined, whole: string) {
  return written<Size, T>(read, (found) => {
    const like = sizeLike(found);
    const fix = `write "${read(like) === undefined ? like.replace("MiB", "GiB") : like}"`;
    return /^[\d.]+ [MGT]iB$/.test(String(found))
      ? { code: "units/not-whole", why: `${whole}, and more than none`, fix }
      : { code: "units/size", why: "a size is a number, a space and MiB, GiB or TiB", fix };
  });
}

/** sizeLike: the nearest size to what was written; a number without a unit is GiB, and from 1024 on MiB. */
function sizeLike(found: unknown): Size {
  const [, digits = "8", letter = ""] = /^\s*(\d+(?:\.\d+)?)\s*([MGT])?/i.exec(String(found)) ?? [];
  const amount = Math.max(1, Math.ceil(Number(digits)));
  if (letter === "" && amount >= 1024 && amount % 1024 === 0) return `${amount / 1024} GiB`;
  return `${amount} ${units[letter.toUpperCase()] ?? "GiB"}`;
}

const units: Readonly<Record<string, Unit>> = { M: "MiB", G: "GiB", T: "TiB" };

/** labelLike: the nearest label to a text; empty where it has no letter or digit. */
export function labelLike(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 63)
    .replace(/^-+|-+$/g, "");
}
