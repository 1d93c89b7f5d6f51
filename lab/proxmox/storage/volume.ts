import type { DiskContent } from "../../machine";

export type ContentType = "images" | "rootdir" | "import" | "iso" | "vztmpl" | "snippets" | "backup";

/** Volume is one thing on a storage: a disk, an image, an ISO, a snippet. */
export interface Volume {
  /** volid, `STORAGE:NAME`. */
  readonly volid: string;
  readonly storage: string;
  readonly name: string;
  readonly content: ContentType;
  readonly format: string;
  /** bytes, the size a guest sees. */
  bytes: number;
  /** stored, the bytes taken from the storage. */
  stored: number;
  readonly created: number;
  readonly owner?: number;
  /** base, the volume id that a linked clone reads from. */
  readonly base?: string;
  /** disk, what a guest finds on it. */
  disk: DiskContent;
  /** text, the bytes of an uploaded file. */
  text?: Buffer;
  mode?: number;
}
