import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** DataFolder is `/data` of the proxy; a host has its file there, `nginx/<type>/<id>.conf`. */
export class DataFolder {
  constructor(readonly folder: string) {}

  /** write a file of nginx's. */
  async write(name: string, text: string): Promise<void> {
    await this.put(join(this.folder, "nginx", name), text);
  }

  async remove(name: string): Promise<void> {
    await rm(join(this.folder, "nginx", name), { force: true });
  }

  /** writeCertificate of a row: chain and key, readable by this user only. */
  async writeCertificate(id: number, file: "fullchain.pem" | "privkey.pem", pem: string): Promise<void> {
    await this.put(join(this.folder, "custom_ssl", `npm-${id}`, file), pem);
  }

  /** writePasswords of an access list, as htpasswd keeps them. */
  async writePasswords(id: number, text: string): Promise<void> {
    await this.put(join(this.folder, "access", String(id)), text);
  }

  private async put(path: string, text: string): Promise<void> {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeFile(path, text, { mode: 0o600 });
  }
}
