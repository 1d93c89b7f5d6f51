import { type Attributes, type SFTPWrapper, utils } from "ssh2";
import type { HostFiles } from "./host-files";

const { OPEN_MODE, STATUS_CODE } = utils.sftp;
const FOLDER = 0o040_755;
const FILE = 0o100_000;

interface OpenFile {
  readonly path: string;
  readonly writing: boolean;
  bytes: Buffer;
}

/** serveSftp offers a host's storage folders; only an account that may write there can. */
export function serveSftp(sftp: SFTPWrapper, files: HostFiles, mayWrite: boolean): void {
  const open = new Map<number, OpenFile>();
  let nextHandle = 0;
  const fileOf = (handle: Buffer): OpenFile | undefined => open.get(handle.readUInt32BE(0));

  sftp.on("end", () => sftp.end());
  sftp.on("OPEN", (id, path, flags) => {
    const writing = (flags & OPEN_MODE.WRITE) !== 0;
    const existing = files.find(path);
    if (writing && !mayWrite) return sftp.status(id, STATUS_CODE.PERMISSION_DENIED);
    if (!existing && !writing) return sftp.status(id, STATUS_CODE.NO_SUCH_FILE);
    if (writing && !existing && !files.write(path, Buffer.alloc(0)))
      return sftp.status(id, STATUS_CODE.NO_SUCH_FILE);
    const keep = existing?.text !== undefined && (flags & OPEN_MODE.TRUNC) === 0;
    open.set(nextHandle, {
      path,
      writing,
      bytes: keep ? (existing.text ?? Buffer.alloc(0)) : Buffer.alloc(0),
    });
    const handle = Buffer.alloc(4);
    handle.writeUInt32BE(nextHandle, 0);
    nextHandle += 1;
    sftp.handle(id, handle);
  });
  sftp.on("READ", (id, handle, offset, length) => {
    const bytes = fileOf(handle)?.bytes.subarray(offset, offset + length);
    if (!bytes || bytes.length === 0) return sftp.status(id, STATUS_CODE.EOF);
    sftp.data(id, bytes);
  });
  sftp.on("WRITE", (id, handle, offset, data) => {
    const file = fileOf(handle);
    if (!file?.writing) return sftp.status(id, STATUS_CODE.FAILURE);
    const grown = Buffer.alloc(Math.max(file.bytes.length, offset + data.length));
    file.bytes.copy(grown);
    data.copy(grown, offset);
    file.bytes = grown;
    sftp.status(id, STATUS_CODE.OK);
  });
  sftp.on("CLOSE", (id, handle) => {
    const file = fileOf(handle);
    open.delete(handle.readUInt32BE(0));
    if (file?.writing) files.write(file.path, file.bytes);
    sftp.status(id, file ? STATUS_CODE.OK : STATUS_CODE.FAILURE);
  });
  sftp.on("FSTAT", (id, handle) => {
    const file = fileOf(handle);
    if (!file) return sftp.status(id, STATUS_CODE.FAILURE);
    const volume = files.find(file.path);
    sftp.attrs(id, attributes(file.writing ? file.bytes.length : (volume?.bytes ?? 0), volume?.mode));
  });
  const stat = (id: number, path: string): void => {
    const volume = files.find(path);
    if (volume) return sftp.attrs(id, attributes(volume.bytes, volume.mode));
    if (files.isFolder(path)) return sftp.attrs(id, { ...attributes(0), mode: FOLDER });
    sftp.status(id, STATUS_CODE.NO_SUCH_FILE);
  };
  sftp.on("STAT", stat);
  sftp.on("LSTAT", stat);
  sftp.on("SETSTAT", (id, path, attrs) => {
    const volume = files.find(path);
    if (!volume) return sftp.status(id, STATUS_CODE.NO_SUCH_FILE);
    if (!mayWrite) return sftp.status(id, STATUS_CODE.PERMISSION_DENIED);
    volume.mode = attrs.mode & 0o7777;
    sftp.status(id, STATUS_CODE.OK);
  });
  sftp.on("FSETSTAT", (id) => sftp.status(id, STATUS_CODE.OK));
  sftp.on("MKDIR", (id, path) =>
    sftp.status(id, files.isFolder(path) ? STATUS_CODE.FAILURE : STATUS_CODE.PERMISSION_DENIED),
  );
  sftp.on("REALPATH", (id, path) =>
    sftp.name(id, [{ filename: path, longname: path, attrs: attributes(0) }]),
  );
}

function attributes(size: number, mode = 0o644): Attributes {
  const now = Math.floor(Date.now() / 1000);
  return { mode: FILE | mode, uid: 0, gid: 0, size, atime: now, mtime: now };
}
