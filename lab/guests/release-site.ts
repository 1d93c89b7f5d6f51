import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:https";
import { join } from "node:path";
import { promisify } from "node:util";
import type { LabAuthority, LabNetwork } from "../network/contract";

export interface ReleaseSite {
  /** isStandIn: digest is of an archive that this site served. */
  isStandIn(digest: string): boolean;
  close(): Promise<void>;
}

const hosts = ["github.com", "release-assets.githubusercontent.com"] as const;
const archiveName = "rke2.linux-amd64.tar.gz";
const run = promisify(execFile);

/**
 * openReleaseSite serves stand-ins for the files of any RKE2 release, where and as GitHub does: the download
 * address redirects to another host, and the `+` of a version must be encoded.
 */
export async function openReleaseSite(
  network: LabNetwork,
  authority: LabAuthority,
  scratch: string,
): Promise<ReleaseSite> {
  const archives = new Map<string, Promise<Buffer>>();
  const digests = new Set<string>();
  const archive = (version: string): Promise<Buffer> => {
    const known = archives.get(version) ?? pack(scratch, version);
    archives.set(version, known);
    return known;
  };

  const pair = await authority.issue(hosts);
  const site = (): Server =>
    createServer({ cert: pair.certificatePem, key: pair.keyPem }, (request, response) => {
      const path = request.url ?? "";
      const [, encoded = "", file = ""] =
        /^\/rancher\/rke2\/releases\/download\/([^/]+)\/([\w.-]+)$/.exec(path) ?? [];
      const version = encoded.replace(/%2B/i, "+");
      const known = /^v1\.\d+\.\d+\+rke2r\d+$/.test(version) && !encoded.includes("+");
      if (!known || (file !== archiveName && file !== "sha256sum-amd64.txt")) {
        response.writeHead(404).end("Not Found");
      } else if (request.headers.host === hosts[0]) {
        response.writeHead(302, { location: `https://${hosts[1]}${path}` }).end();
      } else {
        void archive(version).then((bytes) => {
          const digest = createHash("sha256").update(bytes).digest("hex");
          digests.add(digest);
          response.end(file === archiveName ? bytes : `${digest}  ${archiveName}\n`);
        });
      }
    });
  const detach = await Promise.all(hosts.map((host) => network.attach(host, 443, site())));
  return {
    isStandIn: (digest) => digests.has(digest),
    async close() {
      await Promise.all(detach.map((each) => each()));
    },
  };
}

/** standInVersion reads the version out of a binary that pack made; undefined = it is something else. */
export function standInVersion(binary: string): string | undefined {
  return /^# stand-in for rke2 (v\S+)$/m.exec(binary)?.[1];
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
