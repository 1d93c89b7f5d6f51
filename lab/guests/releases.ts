import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const archiveName = "rke2.linux-amd64.tar.gz";
const listName = "sha256sum-amd64.txt";

/** imageSets that a release packs apart (rancher/rke2: scripts/build-images). */
const imageSets = [
  "core",
  "canal",
  "calico",
  "cilium",
  "flannel",
  "multus",
  "ingress-nginx",
  "vsphere",
  "harvester",
];

/** Releases are stand-ins for the files of any RKE2 release, packed when first asked for. */
export class Releases {
  private readonly archives = new Map<string, Promise<Buffer>>();
  private readonly digests = new Set<string>();

  constructor(private readonly scratch: string) {}

  /** file of a release, or undefined where a release has none of that name. */
  file(version: string, name: string): Promise<Buffer> | undefined {
    const set = /^rke2-images-([a-z-]+)\.linux-amd64\.tar\.zst$/.exec(name)?.[1];
    if (set !== undefined && imageSets.includes(set)) return Promise.resolve(images(version, set));
    if (name === archiveName) return this.archive(version);
    if (name === listName) return this.list(version);
    return undefined;
  }

  /** isStandIn: digest is of an archive that was given out. */
  isStandIn(digest: string): boolean {
    return this.digests.has(digest);
  }

  /** layIn a folder of a machine's disk all files of a release, as an operator who made the template would. */
  async layIn(folder: string, version: string): Promise<void> {
    const target = join(folder, version);
    if (existsSync(target)) return;
    mkdirSync(target, { recursive: true });
    for (const name of [archiveName, listName, ...imageSets.map(imagesName)]) {
      const bytes = await this.file(version, name);
      if (bytes !== undefined) writeFileSync(join(target, name), bytes);
    }
  }

  private async archive(version: string): Promise<Buffer> {
    const packing = this.archives.get(version) ?? pack(this.scratch, version);
    this.archives.set(version, packing);
    const bytes = await packing;
    this.digests.add(sha256(bytes));
    return bytes;
  }

  private async list(version: string): Promise<Buffer> {
    const lines = [
      ...imageSets.map((set) => `${sha256(images(version, set))}  ${imagesName(set)}`),
      `${sha256(await this.archive(version))}  ${archiveName}`,
    ];
    return Buffer.from(`${lines.join("\n")}\n`);
  }
}

/** standInVersion reads the version out of a binary that pack made; undefined = it is something else. */
export function standInVersion(binary: string): string | undefined {
  return /^# stand-in for rke2 (v\S+)$/m.exec(binary)?.[1];
}

/** standInImages reads the version out of an archive of images; undefined = it is something else. */
export function standInImages(archive: string): string | undefined {
  return /^stand-in for images of rke2 (v\S+):/.exec(archive)?.[1];
}

function images(version: string, set: string): Buffer {
  return Buffer.from(`stand-in for images of rke2 ${version}: ${set}\n`);
}

function imagesName(set: string): string {
  return `rke2-images-${set}.linux-amd64.tar.zst`;
}

function sha256(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** pack makes the archive: the binary and the units, at the places where the release has them. */
async function pack(scratch: string, version: string): Promise<Buffer> {
  const folder = join(scratch, `release-${version}`);
  const units = join(folder, "lib/systemd/system");
  mkdirSync(join(folder, "bin"), { recursive: true });
  mkdirSync(units, { recursive: true });
  writeFileSync(
    join(folder, "bin/rke2"),
    `#!/bin/sh\n# stand-in for rke2 ${version}\necho "rke2 version ${version}"\n`,
    { mode: 0o755 },
  );
  for (const role of ["server", "agent"]) writeFileSync(join(units, `rke2-${role}.service`), unit(role));
  await run("tar", ["-czf", join(scratch, `${version}.tar.gz`), "-C", folder, "bin", "lib"]);
  rmSync(folder, { recursive: true });
  return readFileSync(join(scratch, `${version}.tar.gz`));
}

function unit(role: string): string {
  return `[Unit]
Description=Rancher Kubernetes Engine v2 (${role}), stand-in
[Service]
Type=notify
EnvironmentFile=-/etc/default/%N
EnvironmentFile=-/etc/sysconfig/%N
Restart=always
RestartSec=5s
ExecStart=/usr/local/bin/rke2 ${role}
[Install]
WantedBy=multi-user.target
`;
}
