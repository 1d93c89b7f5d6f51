import { createHmac } from "node:crypto";

/** HostKey that a server shows: its type, and the key itself in base64. */
export interface HostKey {
  readonly type: string;
  readonly key: string;
}

/** knownKeys of a host at port 22 in the text of a known_hosts file. Source: sshd(8), SSH_KNOWN_HOSTS FILE FORMAT */
export function knownKeys(text: string, host: string): HostKey[] {
  return text.split("\n").flatMap((line) => {
    const [names = "", type = "", key = ""] = line.trim().split(/\s+/);
    // A comment, and a line with a marker, begin with what is no host's name.
    return names.split(",").some((name) => isName(name, host)) ? [{ type, key }] : [];
  });
}

function isName(name: string, host: string): boolean {
  const [, salt, hash] = /^\|1\|([^|]+)\|(.+)$/.exec(name) ?? [];
  if (salt === undefined) return name === host || name === `[${host}]:22`;
  return createHmac("sha1", Buffer.from(salt, "base64")).update(host).digest("base64") === hash;
}
