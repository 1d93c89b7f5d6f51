import { X509Certificate } from "node:crypto";
import { existsSync } from "node:fs";
import { delimiter } from "node:path";
import { connect } from "node:tls";
import { addresses } from "../../lab/kubernetes/real/network/addresses";
import { edgeAddress } from "../lab/edge/stand";
import { startUpstream, visit, visitor } from "../lab/edge/visiting";
import { claimsInOwnNetwork } from "../lab/kubernetes/real/own-network";
import { neitherEngineNorGo } from "../lab/proxmox-provider/trial/workspace";
import { behindEdge } from "./clusters/behind-edge";
import { type EdgeStanding, standEdge } from "./stand/edge-standing";
import { found } from "./stand/found";

const cluster = behindEdge(
  { "a.test.com": { certificate: "test.com" }, "b.test.com": { certificate: "test.com" } },
  {
    notFound: { "gone.test.com": { certificate: "test.com" } },
    redirections: { "old.test.com": { to: "a.test.com", certificate: "test.com" } },
    defaultSite: "404",
  },
);

claimsInOwnNetwork(
  __filename,
  () => {
    let standing: EdgeStanding;
    let release: (() => Promise<void>)[];
    beforeAll(async () => {
      release = [await startUpstream("192.168.0.240"), await addresses.hold(visitor)];
      standing = await standEdge(cluster);
    });
    afterAll(async () => {
      const { defects } = standing.edge;
      await standing.close();
      for (const each of release) await each();
      expect(defects).toEqual([]);
    });

    test("a real nginx shows the certificate that was given last, on hosts of each kind", async () => {
      const { edge, authority, give, deploy, planned } = standing;
      expect(edge.nginx).toBe("real");
      const first = await authority.issue(["test.com", "*.test.com"]);
      const second = await authority.issue(["test.com", "*.test.com"]);
      for (const { certificatePem, keyPem } of [first, second]) {
        give({ certificatePem, keyPem });
        await deploy();
        const { fingerprint256 } = new X509Certificate(certificatePem);
        for (const host of ["a.test.com", "b.test.com", "gone.test.com", "old.test.com"])
          expect([host, await shownFor(host)]).toEqual([host, fingerprint256]);
        expect(await answers(authority.certificatePem)).toEqual([200, 404, 301]);
        expect(await planned()).toEqual({});
      }
      const keys = new Map([
        ["the first key", first.keyPem],
        ["the second key", second.keyPem],
        ["the password", standing.password],
      ]);
      const log = edge.log().join("\n");
      expect(log).toContain("a.test.com");
      expect(found([["the log of nginx", log]], keys)).toEqual([]);
    });

    test("a name that the proxy does not know gets the default site", async () => {
      expect((await visit("http://stranger.test.org/")).status).toBe(404);
    });
  },
  () =>
    neitherEngineNorGo() ??
    (hasNginx() ? undefined : "this machine has no nginx (Debian: nginx, libnginx-mod-stream)"),
);

async function answers(ca: string): Promise<number[]> {
  const urls = ["https://a.test.com/", "https://gone.test.com/", "https://old.test.com/"];
  const visited = await Promise.all(urls.map((url) => visit(url, { ca })));
  return visited.map(({ status }) => status);
}

/** shownFor a name, the certificate's fingerprint. */
function shownFor(servername: string): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: edgeAddress, port: 443, servername, rejectUnauthorized: false }, () => {
      resolve(socket.getPeerX509Certificate()?.fingerprint256);
      socket.destroy();
    });
    socket.once("error", reject);
  });
}

function hasNginx(): boolean {
  const folders = [...(process.env["PATH"] ?? "").split(delimiter), "/usr/sbin"];
  return folders.some((folder) => existsSync(`${folder}/nginx`));
}
