import { existsSync } from "node:fs";
import { join } from "node:path";
import { keep } from "../disks";

const programs = ["haproxy", "keepalived"] as const;

/** layPackages puts what dpkg would on the disk: of the programs that the lab plays, their units. */
export function layPackages(root: string, packages: readonly string[]): void {
  for (const name of programs) {
    const unit = `usr/lib/systemd/system/${name}.service`;
    if (!packages.includes(name) || existsSync(join(root, unit))) continue;
    keep(root, `usr/sbin/${name}`, "#!/bin/sh\n# stand-in\n");
    keep(root, unit, unitOf(name));
  }
}

function unitOf(name: string): string {
  return `[Unit]
Description=${name}, stand-in
[Service]
ExecStart=/usr/sbin/${name}
Restart=always
[Install]
WantedBy=multi-user.target
`;
}
