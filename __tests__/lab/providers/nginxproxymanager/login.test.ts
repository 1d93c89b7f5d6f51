import { createServer } from "node:http";
import { nginxProxyManagerProvider } from "../../../../lab/providers/nginxproxymanager";
import { listenOnLoopback } from "../../../../lab/network/loopback";
import { account, type FakeProxy, startFakeProxy } from "./fake-proxy";

const silent = { url: null, username: null, password: null };

describe("a login", () => {
  let proxy: FakeProxy;
  beforeEach(async () => {
    proxy = await startFakeProxy();
  });
  afterEach(() => proxy.close());

  it("happens once, with what the environment says, and is shown with every request", async () => {
    const api = await proxy.login();
    proxy.answer("GET /nginx/proxy-hosts", []);
    await api.ask("GET", "/nginx/proxy-hosts");
    await api.ask("GET", "/nginx/proxy-hosts");
    expect(proxy.seen.map(({ line, authorization }) => [line, authorization])).toEqual([
      ["POST /tokens", undefined],
      ["GET /nginx/proxy-hosts", "Bearer t"],
      ["GET /nginx/proxy-hosts", "Bearer t"],
    ]);
    expect(proxy.seen[0]?.body).toBe('{"identity":"terraform@test.com","secret":"of-the-lab-1"}');
  });

  it("takes what the provider block says before the environment", async () => {
    const config = { url: `${proxy.url}/`, username: "other@test.com", password: "p" };
    await nginxProxyManagerProvider.configure?.(config, { ...account, NGINXPROXYMANAGER_URL: "http://x" });
    expect(proxy.seen[0]).toMatchObject({
      target: "/api/tokens",
      body: '{"identity":"other@test.com","secret":"p"}',
    });
  });

  it("refuses to begin without a name and a password, and says so of each", async () => {
    await expect(
      (async () => nginxProxyManagerProvider.configure?.(silent, { NGINXPROXYMANAGER_URL: proxy.url }))(),
    ).rejects.toMatchObject({
      problems: [
        { summary: "Username is required", detail: "Please provide a username value", path: ["username"] },
        { summary: "Password is required", detail: "Please provide a password value", path: ["password"] },
      ],
    });
    expect(proxy.seen).toEqual([]);
  });

  it.each([
    [
      "a wrong password",
      400,
      { error: { code: 400, message: "Invalid email or password" } },
      "400 Bad Request",
    ],
    [
      "an account with a second factor",
      200,
      { requires_2fa: true, challenge_token: "c" },
      "no value given for required property expires",
    ],
  ])("refuses %s without the proxy's own words", async (_, status, body, detail) => {
    proxy.answer("POST /tokens", body, status);
    await expect(proxy.login()).rejects.toMatchObject({
      problems: [{ summary: "Failed to authenticate with the Nginx Proxy Manager API", detail }],
    });
  });

  it("refuses a proxy that nobody answers at", async () => {
    await proxy.close();
    await expect(proxy.login()).rejects.toMatchObject({
      problems: [
        {
          detail: `Post "${proxy.url}/api/tokens": dial tcp ${proxy.url.slice(7)}: connect: connection refused`,
        },
      ],
    });
  });

  it("refuses an URL that is missing", async () => {
    await expect(proxy.login({ NGINXPROXYMANAGER_URL: "" })).rejects.toMatchObject({
      problems: [{ detail: 'Post "/api/tokens": unsupported protocol scheme ""' }],
    });
  });
});

describe("the way to the proxy", () => {
  let proxy: FakeProxy;
  beforeEach(async () => {
    proxy = await startFakeProxy();
  });
  afterEach(() => proxy.close());

  it("leads through HTTP_PROXY, which is asked for the whole URL", async () => {
    await proxy.login({ NGINXPROXYMANAGER_URL: "http://192.168.0.100:81", HTTP_PROXY: proxy.url });
    expect(proxy.seen[0]?.target).toBe("http://192.168.0.100:81/api/tokens");
  });

  it("leads through HTTPS_PROXY by a tunnel, for an URL with https", async () => {
    const asked: string[] = [];
    const tunnels = createServer();
    tunnels.on("connect", (request, socket) => {
      asked.push(request.url ?? "");
      socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
    });
    const bound = await listenOnLoopback(tunnels);
    await expect(
      proxy.login({
        NGINXPROXYMANAGER_URL: "https://npm.test.com",
        HTTPS_PROXY: `http://127.0.0.1:${bound.port}`,
      }),
    ).rejects.toMatchObject({
      problems: [{ detail: 'Post "https://npm.test.com/api/tokens": Bad Gateway' }],
    });
    expect(asked).toEqual(["npm.test.com:443"]);
    await bound.close();
  });

  it("leads past both to this machine", async () => {
    await proxy.login({ HTTP_PROXY: "http://127.0.0.1:1" });
    expect(proxy.seen[0]?.target).toBe("/api/tokens");
  });
});
