import { isIpv4, parseNetwork } from "../../config/network";
import { isHostName } from "../../config/schema/certificates";
import { isDomain } from "../../config/schema/literals";
import type { Milliseconds } from "../../config/units";

/** Word of nginx's configuration: it needs no quotes, is no variable, and ends neither directive, block nor line. */
export type Word = string & { readonly kind: "nginx word" };

/** hostWord: a DNS name in lower case, with at most one wildcard label in front. */
export function hostWord(host: string): Word {
  return word(host, isHostName(host), "a host name");
}

/** domainWord: a host name to go to, so without a wildcard. */
export function domainWord(domain: string): Word {
  return word(domain, isDomain(domain), "a domain");
}

export function addressWord(address: string): Word {
  return word(address, isIpv4(address), "an IPv4 address");
}

export function networkWord(cidr: string): Word {
  return word(cidr, parseNetwork(cidr)?.cidr === cidr, "a network");
}

export function schemeWord(scheme: string): Word {
  return word(scheme, scheme === "http" || scheme === "https", "a scheme");
}

export function portWord(port: number): Word {
  return word(String(port), Number.isInteger(port) && port >= 1 && port <= 65_535, "a port");
}

/** pathWord: nginx compares a location with the decoded path, so an escape such as %20 would never match. */
export function pathWord(path: string): Word {
  return word(path, /^\/[\w./~@:+,=&!*()-]*$/.test(path), "the path of a location");
}

/** urlWord of http or https; `$` is left out because nginx would put a variable there. */
export function urlWord(url: string): Word {
  return word(url, /^https?:\/\/[\w.[\]:-]+([/?#][\w./~@:+,=&!*()?%#-]*)?$/.test(url), "an http URL");
}

/** nameWord of an entry of the file. */
export function nameWord(name: string): Word {
  return word(name, /^[\w*][\w.*-]*$/.test(name), "a name");
}

/** sizeWord in the largest unit that stays whole; 0 is refused, which nginx takes for "no limit". */
export function sizeWord(bytes: number): Word {
  const unit = units.find(([, size]) => bytes % size === 0) ?? ["", 1];
  return word(`${bytes / unit[1]}${unit[0]}`, Number.isSafeInteger(bytes) && bytes > 0, "a size");
}

/** durationWord; 0 is refused, which nginx takes for "at once". */
export function durationWord(duration: Milliseconds): Word {
  const text = duration % 1000 === 0 ? `${duration / 1000}s` : `${duration}ms`;
  return word(text, Number.isSafeInteger(duration) && duration > 0, "a duration");
}

/** oneOf the words that the proxy knows in this place. */
export function oneOf<const T extends string | number>(known: readonly T[], found: string | number): T {
  const meant = known.find((each) => each === found);
  if (meant === undefined) throw new Error(`${JSON.stringify(found)} is none of ${known.join(", ")}`);
  return meant;
}

const units = [
  ["g", 1024 ** 3],
  ["m", 1024 ** 2],
  ["k", 1024],
] as const;

function word(text: string, fits: boolean, what: string): Word {
  if (!fits || !isWord(text)) {
    throw new Error(`${JSON.stringify(text)} is not ${what} that can stand in nginx's configuration`);
  }
  return text;
}

/** isWord by what nginx's reader gives a meaning to (ngx_conf_read_token), and only what we have seen a need for. */
function isWord(text: string): text is Word {
  return /^[\w./~:@,=*+!()&?%[\]-][\w./~:@,=*+!()&?%[\]#-]*$/.test(text);
}
