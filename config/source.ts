import { cloudImages, installerIsos } from "../versions";
import type { Template } from "./model";
import type { ClusterInput } from "./schema";

/** sourceOf a cluster's template: where it is downloaded from, and its name on the image store. */
export function sourceOf({ name, template }: ClusterInput): Template["source"] {
  const iso = "iso" in template;
  const written = iso ? template.iso : template.cloudImage;
  const image = typeof written === "string" ? (iso ? installerIsos : cloudImages)[written] : written;
  const title = typeof written === "string" ? written : titleOf(image.url);
  return iso
    ? { kind: "iso", ...pinned(image), fileName: `${name}-${title}.iso` }
    : { kind: "cloud-image", ...pinned(image), fileName: `${name}-${title}.qcow2` };
}

function pinned({ url, sha256 }: { url: string; sha256?: string | undefined }): {
  url: string;
  sha256?: string;
} {
  return sha256 === undefined ? { url } : { url, sha256 };
}

/** titleOf the file behind a URL, without its ending. */
function titleOf(url: string): string {
  return (new URL(url).pathname.split("/").at(-1) ?? "").replace(/\.\w+$/, "");
}
