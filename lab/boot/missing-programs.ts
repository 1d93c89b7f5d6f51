import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** packages of Debian and Ubuntu, by the program that a boot test needs of each. */
const packages: Readonly<Record<string, string>> = {
  "qemu-system-x86_64": "qemu-system-x86",
  mmdebstrap: "mmdebstrap",
  genisoimage: "genisoimage",
  "mkfs.ext4": "e2fsprogs",
  ip: "iproute2",
  unshare: "util-linux",
};

/** missingPrograms says in one sentence how to get what is not on PATH; undefined = all is there. */
export function missingPrograms(
  path = process.env["PATH"] ?? "",
  exists: (file: string) => boolean = existsSync,
): string | undefined {
  const folders = [...path.split(delimiter), "/usr/sbin", "/sbin"];
  const missing = Object.keys(packages).filter((name) => !folders.some((each) => exists(join(each, name))));
  if (missing.length === 0) return undefined;
  const wanted = missing.map((name) => packages[name] ?? name).join(" ");
  return `The boot test needs ${missing.join(", ")}: apt-get install --no-install-recommends ${wanted}`;
}
