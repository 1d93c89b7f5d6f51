import { existsSync } from "node:fs";
import { delimiter } from "node:path";
import { addresses } from "../../../lab/kubernetes/real/network/addresses";
import type { LabAuthority } from "../../../lab/network";
import { claimsInOwnNetwork } from "../kubernetes/real/own-network";
import { addCertificate, authorityIn, idOf, uploadPair } from "./certificates";
import { type EdgeStand, plainHost, startEdgeStand } from "./stand";
import { startUpstream, visit, type Visited, visitor } from "./visiting";

claimsInOwnNetwork(
  __filename,
  () => {
    jest.setTimeout(60_000);
    const hosts = "/nginx/proxy-hosts";
    const fallback = "Congratulations!";
    let stand: EdgeStand;
    let authority: LabAuthority;
    let release: (() => Promise<void>)[];
    beforeEach(async () => {
      release = [await startUpstream("192.168.0.240"), await addresses.hold(visitor)];
      stand = await startEdgeStand({ role: "admin" });
      authority = await authorityIn(stand);
    });
    afterEach(async () => {
      expect(stand.edge.defects).toEqual([]);
      await stand.close();
      for (const each of release) await each();
    });

    test("nginx is real, and says so", () => {
      expect(stand.edge.nginx).toBe("real");
      expect(stand.edge.parts).toContainEqual(expect.objectContaining({ kind: "real" }));
    });

    test("what a client says of itself goes through by default (edge.md 2.8)", async () => {
      await add(plainHost);
      const { seen } = await visit("http://main.test.com/hello?a=b", { headers: lies });
      expect(seen).toMatchObject({ url: "/hello?a=b", peer: expect.stringMatching(/^192\.168\.0\./) });
      expect(seen?.headers).toMatchObject({
        host: "main.test.com",
        "x-forwarded-for": `10.9.9.9, ${visitor}`,
        "x-forwarded-proto": "https",
        "x-forwarded-host": "evil.test",
        "x-real-ip": visitor,
      });
    });

    test("a location / of one's own passes on what is true (edge.md 2.8)", async () => {
      const { forward_scheme, forward_host, forward_port } = plainHost;
      const location = { path: "/", forward_scheme, forward_host, forward_port };
      await add({ ...plainHost, locations: [location] });
      const { seen } = await visit("http://main.test.com/hello", { headers: lies });
      expect(seen?.headers).toMatchObject({
        "x-forwarded-for": visitor,
        "x-forwarded-proto": "http",
        "x-real-ip": visitor,
      });
    });

    test("TLS ends with the host's certificate, plain HTTP is sent there, HSTS is said (edge.md 2.6, 2.8)", async () => {
      await addCertificate(stand, "test.com", await authority.issue(["main.test.com"]));
      await add({
        ...plainHost,
        certificate_id: 1,
        ssl_forced: true,
        hsts_enabled: true,
        http2_support: true,
      });
      const { seen, headers } = await visitTls("/hello");
      expect(seen?.headers).toMatchObject({ "x-forwarded-proto": "https", "x-forwarded-for": visitor });
      expect(headers["strict-transport-security"]).toBe("max-age=63072000; preload");
      const plain = await visit("http://main.test.com/hello", { headers: { "x-forwarded-proto": "https" } });
      expect(plain).toMatchObject({
        status: 301,
        headers: { location: "https://main.test.com/hello" },
      });
    });

    test("a client's word for its scheme skips the redirect where it is trusted (edge.md 2.4)", async () => {
      await addCertificate(stand, "test.com", await authority.issue(["main.test.com"]));
      await add({ ...plainHost, certificate_id: 1, ssl_forced: true, trust_forwarded_proto: true });
      expect((await visit("http://main.test.com/")).status).toBe(301);
      const trusted = await visit("http://main.test.com/", { headers: { "x-forwarded-proto": "https" } });
      expect(trusted.status).toBe(200);
    });

    test("the last file in order says for all hosts whether HSTS includes subdomains (edge.md 2.8)", async () => {
      const tls = { certificate_id: 1, ssl_forced: true, hsts_enabled: true };
      await addCertificate(stand, "test.com", await authority.issue(["main.test.com"]));
      await add({ ...plainHost, ...tls });
      await add({ ...plainHost, ...tls, domain_names: ["other.test.com"], hsts_subdomains: true });
      const { headers } = await visitTls("/");
      expect(headers["strict-transport-security"]).toBe("max-age=63072000; includeSubDomains; preload");
    });

    test("an unknown certificate leaves plain HTTP without a redirect (edge.md 2.4)", async () => {
      await add({ ...plainHost, certificate_id: 7, ssl_forced: true });
      expect((await visit("http://main.test.com/")).status).toBe(200);
      await expect(visitTls("/")).rejects.toThrow(/unrecognized name/i);
    });

    test("a certificate that is uploaded again is shown only after another change (edge.md 2.7)", async () => {
      await addCertificate(stand, "test.com", await authority.issue(["main.test.com"]));
      await add({ ...plainHost, certificate_id: 1 });
      await uploadPair(stand, 1, await authority.issue(["moved.test.com"]));
      expect((await visitTls("/")).status).toBe(200);
      await add({ ...plainHost, domain_names: ["other.test.com"] });
      await expect(visitTls("/")).rejects.toThrow(/main\.test\.com/);
    });

    test("a deleted certificate is shown until its host is written again (edge.md 2.7)", async () => {
      await addCertificate(stand, "test.com", await authority.issue(["main.test.com"]));
      await add({ ...plainHost, certificate_id: 1 });
      await stand.ask("DELETE", "/nginx/certificates/1");
      expect((await visitTls("/")).status).toBe(200);
      await stand.ask("PUT", `${hosts}/1`, { block_exploits: true });
      await expect(visitTls("/")).rejects.toThrow(/unrecognized name/i);
      expect((await visit("http://main.test.com/")).status).toBe(200);
    });

    test("a bad change takes a working host down, and the fix brings it back (edge.md 2.6)", async () => {
      await add(plainHost);
      await stand.ask("PUT", `${hosts}/1`, { advanced_config: "nonsense;" });
      expect((await visit("http://main.test.com/")).content).toContain(fallback);
      await stand.ask("PUT", `${hosts}/1`, { advanced_config: "" });
      expect((await visit("http://main.test.com/")).seen).toBeDefined();
    });

    test("an allow list in the server block keeps others out (edge.md 1.7)", async () => {
      await add({ ...plainHost, advanced_config: "allow 192.0.2.0/24;\ndeny all;" });
      expect((await visit("http://main.test.com/")).status).toBe(403);
    });

    test("somebody in a private network says which address it has, nobody else can (edge.md 2.8)", async () => {
      await add(plainHost);
      const { seen } = await visit("http://main.test.com/", { headers: { "x-real-ip": "203.0.113.9" } });
      expect(seen?.headers["x-real-ip"]).toBe(visitor);
    });

    test("PUT enabled false goes on serving, disable does not (edge.md 2.5)", async () => {
      await add(plainHost);
      await stand.ask("PUT", `${hosts}/1`, { enabled: false });
      expect((await visit("http://main.test.com/")).seen).toBeDefined();
      await stand.ask("PUT", `${hosts}/1`, { enabled: true });
      await stand.ask("POST", `${hosts}/1/disable`);
      expect((await visit("http://main.test.com/")).content).toContain(fallback);
    });

    test("a row deleted by hand is served no more, and again once restored", async () => {
      await add(plainHost);
      await stand.edge.hand.deleteRow("proxy", 1);
      expect((await visit("http://main.test.com/")).content).toContain(fallback);
      await stand.edge.hand.restoreRow("proxy", 1);
      expect((await visit("http://main.test.com/")).seen).toBeDefined();
    });

    test("an upgrade goes through only where it is allowed (edge.md 2.8)", async () => {
      const headers = { connection: "Upgrade", upgrade: "websocket" };
      await add(plainHost);
      expect((await visit("http://main.test.com/", { headers })).status).toBe(200);
      await stand.ask("PUT", `${hosts}/1`, { allow_websocket_upgrade: true });
      expect((await visit("http://main.test.com/", { headers })).status).toBe(101);
    });

    test("questions that look like an attack are refused, also honest ones (edge.md 2.4)", async () => {
      await add({ ...plainHost, block_exploits: true });
      expect((await visit("http://main.test.com/?next=http://here.test")).status).toBe(403);
      expect((await visit("http://main.test.com/?next=here")).status).toBe(200);
    });

    test("a custom location goes to its own upstream and path (edge.md 2.4)", async () => {
      const location = { path: "/app/", forward_scheme: "http", forward_port: 80 };
      await add({ ...plainHost, locations: [{ ...location, forward_host: "192.168.0.240/sub/" }] });
      expect((await visit("http://main.test.com/app/x")).seen?.url).toBe("/sub/x");
    });

    test("a redirection keeps the path, a dead host is 404, and the default site is what it was set to", async () => {
      await stand.ask("POST", "/nginx/redirection-hosts", {
        domain_names: ["old.test.com"],
        forward_scheme: "https",
        forward_http_code: 308,
        forward_domain_name: "main.test.com",
        preserve_path: true,
      });
      await stand.ask("POST", "/nginx/dead-hosts", { domain_names: ["dead.test.com"] });
      await stand.ask("PUT", "/settings/default-site", {
        value: "redirect",
        meta: { redirect: "http://x.test" },
      });
      expect(await visit("http://old.test.com/a?b=c")).toMatchObject({
        status: 308,
        headers: { location: "https://main.test.com/a?b=c" },
      });
      expect((await visit("http://dead.test.com/")).status).toBe(404);
      expect(await visit("http://nobody.test.com/")).toMatchObject({
        status: 301,
        headers: { location: "http://x.test" },
      });
    });

    test("a PUT of a 404 host takes its TLS away: the file is of the row before, without its certificate", async () => {
      await addCertificate(stand, "test.com", await authority.issue(["main.test.com"]));
      const names = { domain_names: ["main.test.com"] };
      await stand.ask("POST", "/nginx/dead-hosts", { ...names, certificate_id: 1 });
      expect((await visitTls("/")).status).toBe(404);
      await stand.ask("PUT", "/nginx/dead-hosts/1", { domain_names: ["main.test.com", "www.test.com"] });
      await expect(visitTls("/")).rejects.toThrow(/unrecognized name/i);
      expect((await visit("http://www.test.com/")).content).toContain(fallback);
    });

    test("a stream loses the client's address (edge.md 2.8)", async () => {
      const stream = { incoming_port: 8080, forwarding_host: "192.168.0.240", forwarding_port: 80 };
      await stand.ask("POST", "/nginx/streams", { ...stream, tcp_forwarding: true });
      const { seen } = await visit("http://any.test.com/", { port: 8080 });
      expect(seen?.headers["x-forwarded-for"]).toBeUndefined();
      expect(seen?.peer).not.toBe(visitor);
    });

    test("a stream on 443 passes its test, and from then on nothing new is served (edge.md 2.6)", async () => {
      const stream = { incoming_port: 443, forwarding_host: "192.168.0.240", forwarding_port: 80 };
      const made = await stand.ask("POST", "/nginx/streams", { ...stream, tcp_forwarding: true });
      const { body } = await stand.ask("GET", `/nginx/streams/${idOf(made)}`);
      expect(body).toMatchObject({ meta: { nginx_online: true } });
      await add(plainHost);
      expect((await visit("http://main.test.com/")).content).toContain(fallback);
      expect(stand.edge.log().join("\n")).toContain("bind()");
    });

    async function add(host: object): Promise<void> {
      const { status, body } = await stand.ask("POST", hosts, host);
      expect({ status, body }).toMatchObject({ status: 201 });
    }

    function visitTls(path: string): Promise<Visited> {
      return visit(`https://main.test.com${path}`, { ca: authority.certificatePem });
    }
  },
  () => (hasNginx() ? undefined : "this machine has no nginx (Debian: nginx, libnginx-mod-stream)"),
);

const lies = {
  "x-forwarded-for": "10.9.9.9",
  "x-forwarded-proto": "https",
  "x-forwarded-host": "evil.test",
};

function hasNginx(): boolean {
  const folders = [...(process.env["PATH"] ?? "").split(delimiter), "/usr/sbin"];
  return folders.some((folder) => existsSync(`${folder}/nginx`));
}
