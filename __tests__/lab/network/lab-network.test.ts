import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import {
  createLabAuthority,
  createLabNetwork,
  type LabAuthority,
  type LabNetwork,
} from "../../../lab/network";

const run = promisify(execFile);
const scratch = mkdtempSync(join(tmpdir(), "lab-network-"));
let network: LabNetwork;
let authority: LabAuthority;

beforeEach(async () => {
  network = await createLabNetwork();
  authority = await createLabAuthority(scratch);
});
afterEach(() => network.close());
afterAll(() => {
  rmSync(scratch, { recursive: true });
});

async function curl(...args: string[]): Promise<string> {
  const env = {
    PATH: process.env["PATH"] ?? "",
    HTTPS_PROXY: network.httpProxyUrl,
    CURL_CA_BUNDLE: authority.certificateFile,
  };
  return (await run("curl", ["--silent", "--show-error", "--max-time", "5", ...args], { env })).stdout;
}

async function serveAt(host: string, names: string[], text: string): Promise<() => Promise<void>> {
  const pair = await authority.issue(names);
  return network.attach(
    host,
    8006,
    createHttpsServer({ cert: pair.certificatePem, key: pair.keyPem }, (_, response) => response.end(text)),
  );
}

test("curl reaches an attached server through the CONNECT proxy and believes its certificate", async () => {
  await serveAt("192.168.0.11", ["192.168.0.11", "pve1.lab"], "pve1");
  expect(await curl("https://192.168.0.11:8006/")).toBe("pve1");
});

test("curl reaches an attached server through the SOCKS5 proxy, by address and by name", async () => {
  await serveAt("192.168.0.11", ["192.168.0.11"], "by address");
  await serveAt("pve1.lab", ["pve1.lab"], "by name");
  const socks = ["--proxy", `socks5h://${network.socksProxyAddress}`];
  expect(await curl(...socks, "https://192.168.0.11:8006/")).toBe("by address");
  expect(await curl(...socks, "https://pve1.lab:8006/")).toBe("by name");
});

test("refuses an address that is not the lab's, and remembers who was asked for", async () => {
  await expect(curl("https://192.168.0.99:8006/")).rejects.toThrow(/502/);
  await expect(
    curl("--proxy", `socks5h://${network.socksProxyAddress}`, "https://example.org/"),
  ).rejects.toThrow(/curl/);
  expect(network.refused).toEqual(["192.168.0.99:8006", "example.org:443"]);
});

test("a plain HTTP request is forwarded with its body and answered with the lab's status and headers", async () => {
  const server = createHttpServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method, url, headers } = request;
      response.writeHead(201, { "x-made": "yes" });
      response.end(`${method} ${url} ${headers.host} ${Buffer.concat(chunks).toString()}`);
    });
  });
  await network.attach("192.168.0.100", 81, server);
  const url = "http://192.168.0.100:81/api/tokens?scope=user";
  const answer = await curl("--proxy", network.httpProxyUrl, "--include", "--data", "secret", url);
  expect(answer).toMatch(/^HTTP\/1\.1 201 /);
  expect(answer).toContain("x-made: yes");
  expect(answer).toContain("POST /api/tokens?scope=user 192.168.0.100:81 secret");
});

test("refuses to forward a plain HTTP request to an address that is not the lab's", async () => {
  const status = ["--output", "/dev/null", "--write-out", "%{http_code}"];
  expect(await curl("--proxy", network.httpProxyUrl, ...status, "http://192.168.0.99:81/api/")).toBe("502");
  expect(await curl("--proxy", network.httpProxyUrl, ...status, "http://example.org/")).toBe("502");
  expect(network.refused).toEqual(["192.168.0.99:81", "example.org:80"]);
});

test("refuses a request that is meant for the proxy itself", async () => {
  expect(await curl("--noproxy", "*", `${network.httpProxyUrl}/api/`)).toContain(
    "it was asked for GET /api/",
  );
});

test("refuses a certificate that does not name the address", async () => {
  await serveAt("192.168.0.11", ["192.168.0.12"], "wrong");
  await expect(curl("https://192.168.0.11:8006/")).rejects.toThrow(/192\.168\.0\.11/);
});

test("refuses a second server at the same address and port", async () => {
  await serveAt("192.168.0.11", ["192.168.0.11"], "first");
  await expect(serveAt("192.168.0.11", ["192.168.0.11"], "second")).rejects.toThrow(
    /192\.168\.0\.11:8006 is taken/,
  );
});

test("a floating address follows its target and leads nowhere once dropped", async () => {
  await serveAt("192.168.0.21", ["192.168.0.20"], "server-1");
  await serveAt("192.168.0.22", ["192.168.0.20"], "server-2");
  network.alias("192.168.0.20", "192.168.0.21");
  expect(await curl("https://192.168.0.20:8006/")).toBe("server-1");
  network.alias("192.168.0.20", "192.168.0.22");
  expect(await curl("https://192.168.0.20:8006/")).toBe("server-2");
  network.alias("192.168.0.20", undefined);
  await expect(curl("https://192.168.0.20:8006/")).rejects.toThrow(/502/);
});

test("a detached server answers nobody and its open connections are cut", async () => {
  const detach = await network.attach("192.168.0.11", 22, createServer());
  const port = network.lookup("192.168.0.11", 22);
  if (port === undefined) throw new Error("not attached");
  const client = connect(port, "127.0.0.1");
  client.on("error", () => undefined);
  await new Promise((resolve) => client.once("connect", resolve));
  const cut = new Promise((resolve) => client.once("close", resolve));
  await detach();
  await cut;
  expect(network.lookup("192.168.0.11", 22)).toBeUndefined();
});

test("an authority's key is written nowhere", async () => {
  expect(authority.certificatePem).not.toContain("PRIVATE KEY");
  const { stdout } = await run("grep", ["-rlE", "PRIVATE KEY", scratch]).catch(() => ({ stdout: "" }));
  expect(stdout).toBe("");
});
