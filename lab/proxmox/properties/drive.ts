import { isTrue } from "../api/parameters";
import { PropertyError, parsePropertyString, printPropertyString } from "./property-string";
import { parseSize, printSize } from "./size";

/** Drive is one scsiN, virtioN, sataN, ideN, efidisk0, tpmstate0 or unusedN value. */
export interface Drive {
  /** file is a volume id, `none`, `cdrom`, or a request to make a volume: `STORAGE:GiB`, `STORAGE:cloudinit`. */
  file: string;
  /** size in bytes. */
  size?: number;
  options: Map<string, string>;
}

export function parseDrive(text: string): Drive {
  const options = parsePropertyString(text, "file");
  const volume = options.get("volume");
  const file = options.get("file") ?? volume;
  if (file === undefined) throw new PropertyError("missing property - 'file'");
  const sizeText = options.get("size");
  const size = sizeText === undefined ? undefined : parseSize(sizeText);
  for (const key of ["file", "volume", "size"]) options.delete(key);
  for (const [key, value] of options) {
    if (BOOLEAN_OPTIONS.has(key)) options.set(key, isTrue(value) ? "1" : "0");
  }
  return { file, options, ...(size === undefined ? {} : { size }) };
}

/** printDrive is the normal form in which Proxmox answers: volume first, other keys sorted, import-from and format gone. */
export function printDrive(drive: Drive): string {
  const properties = new Map([...drive.options].filter(([key]) => !CONSUMED_OPTIONS.has(key)));
  properties.set("file", drive.file);
  if (drive.size !== undefined) properties.set("size", printSize(drive.size));
  return printPropertyString(properties, "file");
}

export const isDriveName = (name: string): boolean =>
  /^(ide[0-3]|sata[0-5]|scsi([0-9]|[12][0-9]|30)|virtio([0-9]|1[0-5])|efidisk0|tpmstate0)$/.test(name);

export const isUnusedName = (name: string): boolean => /^unused\d+$/.test(name);

/** isCloudInitDrive holds for the request `STORAGE:cloudinit` and for the volume made from it. */
export const isCloudInitDrive = (drive: Drive): boolean =>
  /(?:^|:|\/)(?:vm-\d+-cloudinit(?:\.\w+)?|cloudinit)$/.test(drive.file);

export const isCdrom = (drive: Drive): boolean => drive.options.get("media") === "cdrom";

/** newDiskOf reads `STORAGE:GiB`. */
export function newDiskOf(file: string): { storage: string; gibibytes: number } | undefined {
  const match = /^([a-zA-Z][\w.-]*):(\d+(?:\.\d+)?)$/.exec(file);
  return match?.[1] === undefined ? undefined : { storage: match[1], gibibytes: Number(match[2]) };
}

/** splitVolumeId separates `STORAGE:NAME`. */
export function splitVolumeId(volid: string): { storage: string; name: string } | undefined {
  const match = /^([a-zA-Z][\w.-]*):(.+)$/s.exec(volid);
  return match?.[1] === undefined || match[2] === undefined
    ? undefined
    : { storage: match[1], name: match[2] };
}

const BOOLEAN_OPTIONS = new Set([
  "backup",
  "detect_zeroes",
  "iothread",
  "replicate",
  "ro",
  "ssd",
  "snapshot",
  "shared",
]);
const CONSUMED_OPTIONS = new Set(["import-from", "format"]);
