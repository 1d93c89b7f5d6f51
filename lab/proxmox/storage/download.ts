import { createHash } from "node:crypto";
import { badParameter, died } from "../api/api-error";
import type { Call } from "../api/call";
import { GIB, MIB } from "../properties/size";
import { extensionFits, fileFormat } from "./content";
import { type ContentType } from "./volume";
import type { Storage } from "./storage";

const DEFAULT_BYTES = 640 * MIB;
const DEFAULT_VIRTUAL_BYTES = 3.5 * GIB;

/** queryUrlMetadata answers GET /nodes/{node}/query-url-metadata as a HEAD request of the url would tell. */
export function queryUrlMetadata(call: Call): unknown {
  assertMayDownload(call);
  const url = call.parameters.required("url");
  const filename = decodeURIComponent(new URL(url).pathname.split("/").at(-1) ?? "");
  return { filename, mimetype: "application/octet-stream", size: bytesOf(call, url) };
}

/** downloadUrl answers POST …/download-url. Nothing is fetched: the volume remembers its url. */
export function downloadUrl(call: Call): string {
  const { cluster, node } = call;
  const storage = cluster.storages.get(call.parameters.required("storage"));
  call.check(`/storage/${storage.id}`, "Datastore.AllocateTemplate");
  assertMayDownload(call);
  const url = call.parameters.required("url");
  const { content, filename } = targetOf(storage, call, "not a file based storage!");
  const volid = `${storage.id}:${content}/${filename}`;
  const checksum = call.parameters.text("checksum")?.toLowerCase();
  const algorithm = call.parameters.text("checksum-algorithm") ?? "sha256";
  return call.startTask("download", filename, (log) => {
    const actual =
      cluster.knownDownloads[url]?.checksums?.[algorithm] ?? standInChecksum(url, algorithm, checksum);
    if (call.parameters.has("compression") && content !== "iso")
      throw died(`decompression not supported for ${content}`);
    if (cluster.storages.find(node, volid)) {
      if (checksum === undefined)
        throw died(`refusing to override existing file '${storage.path}/${content}/${filename}'`);
      if (checksum === actual) return log.print("OK, got correct file already, no need to download");
      throw died(`mismatch (got '${actual}' != expect '${checksum}'), aborting`);
    }
    log.print(`downloading ${url} to ${volid}`);
    if (checksum !== undefined && checksum !== actual) {
      throw died(`checksum mismatch: got '${actual}' != expect '${checksum}'`);
    }
    const bytes = bytesOf(call, url);
    const virtual = cluster.knownDownloads[url]?.virtualBytes ?? DEFAULT_VIRTUAL_BYTES;
    cluster.storages.createFile(node, volid, content, {
      format: fileFormat(content, filename),
      bytes: content === "import" ? virtual : bytes,
      stored: bytes,
      disk: { kind: "image", url },
    });
    log.print(`download of '${url}' to '${volid}' finished`);
  });
}

/** targetOf refuses content types and file names that the storage cannot take. */
export function targetOf(
  storage: Storage,
  call: Call,
  why: string,
): { content: ContentType; filename: string } {
  if (storage.path === undefined)
    throw died(`can't upload to storage type '${storage.definition.type}', ${why}`);
  const content = contentType(call.parameters.required("content"));
  if (!storage.holds(content))
    throw died(`storage '${storage.id}' is not configured for content-type '${content}'`);
  const filename = normalizeFileName(call.parameters.required("filename"));
  if (!extensionFits(content, filename)) {
    const error = content === "import" ? "invalid filename or wrong extension" : "wrong file extension";
    throw badParameter({ filename: error });
  }
  return { content, filename };
}

function contentType(text: string): ContentType {
  if (text === "iso" || text === "vztmpl" || text === "import") return text;
  throw badParameter({ content: `upload content-type '${text}' is not allowed` });
}

const normalizeFileName = (name: string): string =>
  name
    .replace(/^.*[/\\]/s, "")
    .replace(/[;:,=\s\0]/g, "_")
    .replace(/[^-a-zA-Z0-9_.+]/g, "_");

function assertMayDownload(call: Call): void {
  const { access } = call.cluster;
  const onRoot = access.has(call.caller, "/", ["Sys.Audit"]) && access.has(call.caller, "/", ["Sys.Modify"]);
  if (!onRoot) call.check(`/nodes/${call.node}`, "Sys.AccessNetwork");
}

const bytesOf = (call: Call, url: string): number => call.cluster.knownDownloads[url]?.bytes ?? DEFAULT_BYTES;

/** standInChecksum: of a file nobody knows any well-formed checksum holds. */
function standInChecksum(url: string, algorithm: string, expected: string | undefined): string {
  const real = createHash(algorithm).update(url).digest("hex");
  return expected !== undefined && /^[0-9a-f]+$/.test(expected) && expected.length === real.length
    ? expected
    : real;
}
