import { type Finding, note, ok, problem, unchecked } from "../finding";
import type { Silent } from "../reading";

/** Asked, a server by its URL, the place that names it, and what it is. */
export interface Asked {
  readonly url: string;
  readonly where: string;
  readonly name: string;
}

/** Certificate that a server showed. */
export interface Certificate {
  readonly validTo: Date;
}

/** silenceAt a server: it is not there, or its certificate is not to be trusted. */
export function silenceAt({ url, where, name }: Asked, { code, says }: Silent): Finding {
  if (code === undefined) return unchecked(`${name} at ${url}`, "curl cannot be run, which asks it");
  if (untrusted.has(code)) {
    return problem("doctor/certificate", where, {
      found: `the certificate at ${url} is not trusted: ${says}`,
      why: "a deploy sends its credential there, and stops at a certificate that it cannot trust",
      fix: fixOf(says, url),
    });
  }
  return problem("doctor/no-answer", where, {
    found: `${url} does not answer: ${says}`,
    why: `${name} has to be reached from here, directly or through HTTPS_PROXY and past NO_PROXY`,
    fix: "start it, or correct the address there; look at the network between",
  });
}

/** certificateAt a server, by the day it ends. */
export function certificateAt(
  { name, where }: Pick<Asked, "name" | "where">,
  certificate: Certificate | undefined,
  now: Date,
): Finding {
  if (certificate === undefined)
    return unchecked(`the end of ${name}'s certificate`, "this curl is older than 7.88 and does not tell it");
  const { validTo } = certificate;
  const days = Math.floor((validTo.getTime() - now.getTime()) / dayMilliseconds);
  const end = validTo.toISOString().slice(0, 10);
  if (days < 0) {
    return problem("doctor/certificate", where, {
      found: `${name}'s certificate ended on ${end}`,
      why: "a deploy stops at a certificate that has ended",
      fix: "renew it there",
    });
  }
  const says = `${name}'s certificate is good until ${end}`;
  return days < soonDays ? note(`${says}: renew it within ${days} days`) : ok(says);
}

/** untrusted, curl's exit statuses for a certificate: 60, and 51 of older ones. Source: https://curl.se/docs/manpage.html */
export const untrusted: ReadonlySet<number> = new Set([51, 60]);

const dayMilliseconds = 24 * 3600 * 1000;
const soonDays = 30;

function fixOf(says: string, url: string): string {
  if (says.includes("expired")) return "renew it there";
  if (/subject name|does not match/.test(says))
    return `use a name that the certificate has, or give it ${new URL(url).hostname}`;
  return "export SSL_CERT_FILE=<the authority's certificate>, of Proxmox's own /etc/pve/pve-root-ca.pem (docs/how-to/proxmox-token.md)";
}
