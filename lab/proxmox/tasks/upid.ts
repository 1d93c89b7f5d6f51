/** Upid is the identity of one task. */
export interface Upid {
  readonly node: string;
  readonly pid: number;
  readonly pstart: number;
  readonly starttime: number;
  readonly type: string;
  readonly id: string;
  /** user, `user@realm` or `user@realm!token`. */
  readonly user: string;
}

export function printUpid(upid: Upid): string {
  const numbers = [upid.pid, upid.pstart, upid.starttime].map((n) =>
    n.toString(16).toUpperCase().padStart(8, "0"),
  );
  return `UPID:${upid.node}:${numbers.join(":")}:${upid.type}:${encodeId(upid.id)}:${upid.user}:`;
}

export function parseUpid(text: string): Upid | undefined {
  const match =
    /^UPID:([^:]+):([0-9A-F]{8}):([0-9A-F]{8,9}):([0-9A-F]{8}):([^:\s]+):([^:\s]*):([^:\s]+):$/.exec(text);
  if (!match) return undefined;
  const [, node = "", pid = "", pstart = "", starttime = "", type = "", id = "", user = ""] = match;
  return {
    node,
    pid: parseInt(pid, 16),
    pstart: parseInt(pstart, 16),
    starttime: parseInt(starttime, 16),
    type,
    id: decodeURIComponent(id),
    user,
  };
}

const encodeId = (id: string): string =>
  id.replace(/[^\w.@!-]/g, (character) => encodeURIComponent(character));
