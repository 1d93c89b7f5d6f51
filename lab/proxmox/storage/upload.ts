import { createHash } from "node:crypto";
import { died } from "../api/api-error";
import type { Call } from "../api/call";
import { fileFormat } from "./content";
import { targetOf } from "./download";

/** uploadFile answers POST …/upload; an existing file is overwritten. */
export function uploadFile(call: Call): string {
  const { cluster, node, file } = call;
  const storage = cluster.storages.get(call.parameters.required("storage"));
  call.check(`/storage/${storage.id}`, "Datastore.AllocateTemplate");
  if (!file) throw died("missing temporary file name");
  const { content, filename } = targetOf(storage, call, "not a file based storage!");
  const checksum = call.parameters.text("checksum")?.toLowerCase();
  const algorithm = call.parameters.text("checksum-algorithm") ?? "sha256";
  return call.startTask("imgcopy", "", (log) => {
    const actual = createHash(algorithm).update(file.bytes).digest("hex");
    if (checksum !== undefined && checksum !== actual) {
      throw died(`checksum mismatch: got '${actual}' != expect '${checksum}'`);
    }
    cluster.storages.createFile(node, `${storage.id}:${content}/${filename}`, content, {
      format: fileFormat(content, filename),
      bytes: file.bytes.length,
      stored: file.bytes.length,
      disk: { kind: "image", url: `upload:${filename}` },
      text: file.bytes,
    });
    log.print("finished file import successfully");
  });
}
