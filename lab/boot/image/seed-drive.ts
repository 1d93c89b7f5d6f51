import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../engine/run";
import type { Seed } from "../subject";

/**
 * writeSeedDrive makes the drive that Proxmox makes from three snippets: an ISO with the label that cloud-init's
 * NoCloud looks for (qemu-server: PVE/QemuServer/Cloudinit.pm, generate_nocloud).
 */
export async function writeSeedDrive(folder: string, name: string, seed: Seed): Promise<string> {
  const files = join(folder, `${name}-seed`);
  mkdirSync(files, { mode: 0o700 });
  writeFileSync(join(files, "user-data"), seed.userData);
  writeFileSync(join(files, "meta-data"), seed.metaData);
  writeFileSync(join(files, "network-config"), seed.networkConfig);
  const drive = `${files}.iso`;
  const args = ["-quiet", "-joliet", "-rational-rock", "-volid", "cidata", "-output", drive, files];
  const environment = { PATH: process.env["PATH"] ?? "" };
  const made = await run({ file: "genisoimage", args, cwd: folder, environment, seconds: 60 });
  if (made.code !== 0) throw new Error(`genisoimage: ${made.output}`);
  return drive;
}
