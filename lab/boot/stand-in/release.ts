import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { criticalKeys, keysOf } from "../../guests/rke2/keys";

/** Release is what a machine downloads in place of RKE2. */
export interface Release {
  readonly archive: Buffer;
  readonly sha256: string;
}

/** standInRelease packs the stand-in where RKE2's own archive has its binary and units. */
export function standInRelease(): Release {
  const folder = mkdtempSync(join(tmpdir(), "slipway-release-"));
  try {
    layOut(folder);
    const file = join(folder, "rke2.linux-amd64.tar.gz");
    execFileSync("tar", [
      ...["--create", "--gzip", "--file", file, "--directory", folder],
      ...["--owner=0", "--group=0", "--numeric-owner", "--sort=name", "bin", "lib"],
    ]);
    const archive = readFileSync(file);
    return { archive, sha256: createHash("sha256").update(archive).digest("hex") };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** layOut the stand-in below a folder, as it lies below /usr/local. */
export function layOut(folder: string): void {
  const modules = join(folder, "lib", "rke2-stand-in", "slipway_rke2");
  mkdirSync(join(folder, "bin"), { recursive: true });
  cpSync(join(__dirname, "rke2"), join(folder, "bin", "rke2"));
  cpSync(join(__dirname, "slipway_rke2"), modules, { recursive: true });
  cpSync(join(__dirname, "units"), join(folder, "lib", "systemd", "system"), { recursive: true });
  const keys = { server: [...keysOf("server")], agent: [...keysOf("agent")], critical: criticalKeys };
  writeFileSync(join(modules, "keys.json"), JSON.stringify(keys));
}
