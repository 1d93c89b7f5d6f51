import { createPrivateKey } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** found secrets in texts, however the lines are broken. */
export function found(texts: readonly [string, string][], secrets: ReadonlyMap<string, string>): string[] {
  const sought = [...secrets].map(([what, secret]) => ({ what, shapes: shapesOf(secret) }));
  return texts.flatMap(([where, text]) => {
    const bare = text.replace(/\\n|\s/g, "");
    return sought
      .filter(({ shapes }) => shapes.some((shape) => bare.includes(shape)))
      .map(({ what }) => `${what} in ${where}`);
  });
}

/** shapesOf a secret: as it is, or what alone is secret of a key; and its text as base64, as user-data has it. */
function shapesOf(secret: string): string[] {
  return [
    ...(secret.includes("PRIVATE KEY") ? keyShapes(secret) : [secret]),
    ...base64Shapes(Buffer.from(secret)),
  ];
}

function keyShapes(pem: string): string[] {
  if (pem.includes("OPENSSH")) return [pem.replace(/-----[^-]*-----|\s/g, "").slice(-100)];
  const { d } = createPrivateKey(pem).export({ format: "jwk" });
  return base64Shapes(Buffer.from(d ?? "", "base64url"));
}

/** base64Shapes of bytes wherever they begin in what is encoded, without the characters that neighbours change. */
function base64Shapes(bytes: Buffer): string[] {
  return [0, 1, 2].map((before) =>
    Buffer.concat([Buffer.alloc(before), bytes])
      .toString("base64")
      .slice(before === 0 ? 0 : 4, -4),
  );
}

/** filesBelow a folder by their paths, except what the engine keeps for itself. */
export function filesBelow(folder: string, name: RegExp): Map<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return new Map(
    entries
      .filter((entry) => entry.isFile() && name.test(entry.name) && !entry.parentPath.includes(".terraform"))
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => [file, readFileSync(file, "utf8")]),
  );
}
