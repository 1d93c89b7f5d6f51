import { createServer, type Server } from "node:http";
import { text } from "node:stream/consumers";
import type { AddressInfo } from "node:net";
import { liveEdge, type Place } from "../../cli/trace/live-edge";

const account = { identity: "slipway@example.com", secret: 'a "quoted" \\ password' };
const main = {
  id: 7,
  domain_names: ["main.test.com"],
  forward_scheme: "http",
  forward_host: "192.168.0.240",
  forward_port: 80,
  certificate_id: 3,
  certificate: { id: 3, nice_name: "test.com" },
  ssl_forced: true,
  advanced_config: "",
  enabled: true,
  locations: null,
  meta: { nginx_online: false, nginx_err: 'unknown directive "alow"' },
};
const gone = { ...main, id: 8, certificate_id: 9, certificate: null, meta: {} };
let asked: string[];
let server: Server;
let edge: Place;

beforeAll(async () => {
  server = createServer((request, response) => {
    void text(request).then((body) => {
      const { url = "", headers } = request;
      asked.push(`${url} ${headers.authorization ?? ""}`);
      const [status, answer] = answerTo(url, body);
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  edge = edgeAt(`http://127.0.0.1:${portOf(server.address())}`);
});
beforeEach(() => {
  asked = [];
  process.env["NGINXPROXYMANAGER_USERNAME"] = account.identity;
  process.env["NGINXPROXYMANAGER_PASSWORD"] = account.secret;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

test("the proxy's rows are read by their numbers, with what nginx says of them and the certificates that are there", async () => {
  const { proxyHosts, certificates } = await liveEdge(edge);
  expect(proxyHosts).toMatchObject([
    { name: "7", nginx_online: false, nginx_err: 'unknown directive "alow"', certificate_id: 3 },
    { name: "8", nginx_online: true },
  ]);
  expect(certificates).toEqual([{ id: 3, name: "test.com" }]);
});

test("every list is asked with the token, and never that of the certificates, which holds keys", async () => {
  await liveEdge(edge);
  expect(asked.toSorted()).toEqual(
    [
      "/api/tokens ",
      ...["proxy-hosts", "redirection-hosts", "dead-hosts", "streams"].map(
        (kind) => `/api/nginx/${kind}?expand=certificate Bearer a-token`,
      ),
    ].toSorted(),
  );
});

test("refuses without credentials, naming the variables", async () => {
  delete process.env["NGINXPROXYMANAGER_PASSWORD"];
  await expect(liveEdge(edge)).rejects.toThrow(
    /set NGINXPROXYMANAGER_USERNAME and NGINXPROXYMANAGER_PASSWORD/,
  );
});

test("refuses a wrong password, and does not print it", async () => {
  process.env["NGINXPROXYMANAGER_PASSWORD"] = "wrong";
  const refused = await liveEdge(edge).catch((error: unknown) => String(error));
  expect(refused).toContain("refuses the login of slipway@example.com (HTTP 400)");
  expect(refused).not.toContain("wrong");
});

test("refuses an address where nobody answers, in curl's words", async () => {
  await expect(liveEdge(edgeAt("http://127.0.0.1:1"))).rejects.toThrow(/does not answer/);
});

function answerTo(url: string, body: string): [status: number, answer: unknown] {
  if (url === "/api/tokens") {
    const right = JSON.stringify(JSON.parse(body)) === JSON.stringify(account);
    return right ? [200, { token: "a-token" }] : [400, { error: { code: 400, message: "Invalid password" } }];
  }
  return [200, url.startsWith("/api/nginx/proxy-hosts") ? [main, gone] : []];
}

function edgeAt(url: string): Place {
  return { url, address: "192.168.0.100" };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === "string") throw new Error("not listening on a port");
  return address.port;
}
