import { Mistake } from "./mistake";

/** readDigest finds a file's SHA-256 in the list that its publisher keeps. */
export async function readDigest(list: string, file: string): Promise<string> {
  const text = await download(list);
  const digest = text
    .split("\n")
    .map((line) => /^([0-9a-f]{64})\s+\*?(?:\.\/)?(\S+)\s*$/.exec(line))
    .find((match) => match?.[2] === file)?.[1];
  if (digest !== undefined) return digest;
  throw new Mistake(`${list} has no digest of ${file}: the publisher may have withdrawn that file.`);
}

async function download(url: string): Promise<string> {
  let answer: Response;
  try {
    answer = await fetch(url, { signal: AbortSignal.timeout(20_000) });
  } catch (error) {
    throw new Mistake(
      `${url} cannot be read: ${reasonOf(error)}.\n` +
        "Run ./slipway pin where that address can be reached without a proxy, or copy the digest from that page by hand.",
    );
  }
  if (!answer.ok)
    throw new Mistake(`${url} answers ${answer.status} ${answer.statusText}: is that version published?`);
  return answer.text();
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
