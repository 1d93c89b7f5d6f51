import { contentOf, folderOf } from "./content";
import type { ContentType, Volume } from "./volume";
import type { Storage } from "./storage";

/** volumePath is where a volume lies on its host. */
export function volumePath(storage: Storage, volume: Volume): string {
  const { type } = storage.definition;
  if (type === "lvmthin") return `/dev/pve/${volume.name}`;
  if (type === "zfspool") return `/dev/zvol/rpool/${storage.id}/${volume.name}`;
  if (type === "rbd") return `rbd:${storage.id}/${volume.name}`;
  const file = volume.content === "images" ? volume.name : volume.name.slice(volume.name.indexOf("/") + 1);
  return `${storage.path ?? ""}/${folderOf(volume.content)}/${file}`;
}

export interface FilePlace {
  readonly storage: Storage;
  readonly content: ContentType;
  readonly volid: string;
}

const FILE_CONTENTS: readonly ContentType[] = ["snippets", "iso", "vztmpl", "import", "backup"];

/** filePlace tells which volume a path on a host is; undefined = no folder of a storage that holds such content. */
export function filePlace(storages: readonly Storage[], path: string): FilePlace | undefined {
  for (const storage of storages) {
    if (storage.path === undefined) continue;
    for (const content of FILE_CONTENTS) {
      const folder = `${storage.path}/${folderOf(content)}/`;
      const name = path.startsWith(folder) ? path.slice(folder.length) : "";
      if (name === "" || name.includes("/") || !storage.holds(content)) continue;
      const volume = `${content}/${name}`;
      if (contentOf(volume).content === content)
        return { storage, content, volid: `${storage.id}:${volume}` };
    }
  }
  return undefined;
}

/** folderPlace: the path is a storage's folder for one kind of content. */
export const folderPlace = (storages: readonly Storage[], path: string): FilePlace | undefined =>
  filePlace(storages, `${path.replace(/\/$/, "")}/probe`);
