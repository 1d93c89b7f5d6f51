import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { includes } from "./files/includes";
import { type Root, rootFile } from "./files/root";

const folders = ["run", "logs", "temp", "data/nginx/custom", "data/custom_ssl"];
const hostFolders = ["default_host", "proxy_host", "redirection_host", "dead_host", "stream"];

/** configurationFile below an nginx's folder. */
export const configurationFile = (folder: string): string => join(folder, "etc/nginx/nginx.conf");

/** layOut the folder of an nginx: everything that is not a host's. */
export async function layOut(folder: string, root: Root): Promise<void> {
  for (const name of [...folders, ...hostFolders.map((host) => `data/nginx/${host}`)]) {
    await mkdir(join(folder, name), { recursive: true, mode: 0o700 });
  }
  const home = dirname(configurationFile(folder));
  await mkdir(join(home, "conf.d/include"), { recursive: true, mode: 0o700 });
  for (const [name, text] of includes(root.dialect)) await writeFile(join(home, "conf.d", name), text);
  await writeFile(configurationFile(folder), rootFile(root));
}

/** inProxysWords: without the folder, as the proxy's own `/data` and `/etc/nginx` have none. */
export function inProxysWords(folder: string, text: string): string {
  return text.replaceAll(`${folder}/`, "/");
}
