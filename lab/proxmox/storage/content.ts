import type { ContentType } from "./volume";

export interface VolumeKind {
  readonly content: ContentType;
  /** owner, the VM whose disk it is. */
  readonly owner?: number;
}

const FOLDERS: Readonly<Record<string, ContentType>> = {
  iso: "iso",
  vztmpl: "vztmpl",
  import: "import",
  snippets: "snippets",
  backup: "backup",
};

/** contentOf tells what a volume is by its name alone. */
export function contentOf(name: string): VolumeKind {
  const folder = FOLDERS[/^([a-z]+)\//.exec(name)?.[1] ?? ""];
  if (folder !== undefined) return { content: folder };
  const owner = /(?:^|\/)(?:vm|base)-(\d+)-[^/]+$/.exec(name)?.[1];
  return { content: "images", ...(owner === undefined ? {} : { owner: Number(owner) }) };
}

/** folderOf a content type below a storage's path. */
export const folderOf = (content: ContentType): string => SUBDIRECTORIES[content];

const SUBDIRECTORIES: Readonly<Record<ContentType, string>> = {
  iso: "template/iso",
  vztmpl: "template/cache",
  import: "import",
  snippets: "snippets",
  backup: "dump",
  images: "images",
  rootdir: "private",
};

/** fileFormat of a file volume, as listings name it. */
export function fileFormat(content: ContentType, name: string): string {
  if (content === "snippets") return "snippet";
  if (content === "iso") return "iso";
  return /\.(tar\.[a-z]+|[a-z0-9]+)$/.exec(name)?.[1] ?? "raw";
}

const EXTENSIONS: Partial<Record<ContentType, RegExp>> = {
  iso: /^[^/]+\.(iso|img)$/i,
  vztmpl: /^[^/]+\.(tar\.(gz|xz|zst)|tar)$/i,
  import: /^[a-zA-Z0-9_.\-+=]+\.(ova|qcow2|raw|vmdk)$/,
};

/** extensionFits: the file's ending must be one of its content type's. */
export const extensionFits = (content: ContentType, name: string): boolean =>
  EXTENSIONS[content]?.test(name) ?? true;
