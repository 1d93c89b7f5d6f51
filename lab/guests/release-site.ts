import { createServer as createPlainServer, type RequestListener } from "node:http";
import { createServer } from "node:https";
import type { LabAuthority, LabNetwork } from "../network/contract";
import { Releases } from "./releases";

export interface ReleaseSite {
  readonly releases: Releases;
  close(): Promise<void>;
}

const outsideHosts = ["github.com", "release-assets.githubusercontent.com"] as const;

/** isOutside: the host is the publisher's and not the site's, so that machines behind a proxy reach it through that alone. */
export function isOutside(host: string): boolean {
  return outsideHosts.some((outside) => outside === host);
}

const published = "/rancher/rke2/releases/download";

/**
 * openReleaseSite serves stand-ins for the files of any RKE2 release, where and as GitHub does: the download
 * address redirects to another host, and the `+` of a version must be encoded. It also serves them at the
 * site's own folders, which are named by URL.
 */
export async function openReleaseSite(
  network: LabNetwork,
  authority: LabAuthority,
  scratch: string,
  folders: readonly string[] = [],
): Promise<ReleaseSite> {
  const releases = new Releases(scratch);
  const [publisher, assets] = outsideHosts;
  const redirect: RequestListener = (request, response) => {
    const known = releaseFile(request.url ?? "", published) !== undefined;
    if (known) response.writeHead(302, { location: `https://${assets}${request.url}` }).end();
    else response.writeHead(404).end("Not Found");
  };
  const serve =
    (prefixes: readonly string[]): RequestListener =>
    (request, response) => {
      const asked = prefixes.flatMap((prefix) => releaseFile(request.url ?? "", prefix) ?? [])[0];
      const file = asked === undefined ? undefined : releases.file(asked.version, asked.name);
      if (file === undefined) response.writeHead(404).end("Not Found");
      else void file.then((bytes) => response.end(bytes));
    };
  const attach = async (
    host: string,
    port: number,
    listener: RequestListener,
  ): Promise<() => Promise<void>> => {
    const { certificatePem: cert, keyPem: key } = await authority.issue([host]);
    return network.attach(host, port, createServer({ cert, key }, listener));
  };
  const detach = [await attach(publisher, 443, redirect), await attach(assets, 443, serve([published]))];
  for (const [origin, prefixes] of byOrigin(folders)) {
    const { protocol, hostname, port } = new URL(origin);
    detach.push(
      protocol === "https:"
        ? await attach(hostname, Number(port || 443), serve(prefixes))
        : await network.attach(hostname, Number(port || 80), createPlainServer(serve(prefixes))),
    );
  }
  return {
    releases,
    async close() {
      await Promise.all(detach.map((each) => each()));
    },
  };
}

/** releaseFile that a path asks for: `<prefix>/v1.36.5%2Brke2r1/<name>`; a plus that is not encoded would be a space. */
function releaseFile(path: string, prefix: string): { version: string; name: string } | undefined {
  if (!path.startsWith(`${prefix}/`)) return undefined;
  const [encoded = "", name = "", ...more] = path.slice(prefix.length + 1).split("/");
  const version = encoded.replace(/%2B/i, "+");
  const known = /^v1\.\d+\.\d+\+rke2r\d+$/.test(version) && !encoded.includes("+") && more.length === 0;
  return known ? { version, name } : undefined;
}

/** byOrigin: the paths of folders, by the server that they are on. */
function byOrigin(folders: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const origins = new Map<string, string[]>();
  for (const folder of new Set(folders)) {
    const { origin, pathname } = new URL(folder);
    origins.set(origin, [...(origins.get(origin) ?? []), pathname.replace(/\/+$/, "")]);
  }
  return origins;
}
