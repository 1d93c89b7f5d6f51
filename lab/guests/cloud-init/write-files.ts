import { appendFileSync, chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { WriteFile } from "./user-data";

/** writeFiles puts each file under root, its parents made as cloud-init makes them. */
export function writeFiles(root: string, files: readonly WriteFile[]): void {
  for (const file of files) {
    const target = join(root, file.path);
    mkdirSync(dirname(target), { recursive: true });
    const bytes = decode(file);
    if (file.append) appendFileSync(target, bytes);
    else writeFileSync(target, bytes);
    chmodSync(target, mode(file.permissions));
  }
}

/** decode returns the bytes that cloud-init writes. */
export function decode(file: WriteFile): Buffer {
  const encodings = file.encoding.split("+");
  let bytes = Buffer.from(file.content);
  if (encodings.some((name) => name === "b64" || name === "base64")) {
    if (!/^[A-Za-z0-9+/=\s]*$/.test(file.content))
      throw new Error(`write_files: ${file.path}: its content is not base64`);
    bytes = Buffer.from(file.content, "base64");
  }
  return encodings.some((name) => name.startsWith("gz")) ? gunzipSync(bytes) : bytes;
}

/** mode of the written file. */
export function mode(permissions: string | number): number {
  return typeof permissions === "number" ? permissions : Number.parseInt(permissions.replace("o", ""), 8);
}
