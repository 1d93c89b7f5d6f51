import { nginxProxyManagerProvider } from "../../../../lab/providers/nginxproxymanager";
import type { Api } from "../../../../lab/providers/nginxproxymanager/api";
import type { Problem } from "../../../../lab/providers/protocol/problem";
import type { Attributes } from "../../../../lab/providers/protocol/value";
import { problemsOf } from "../make";
import { type FakeProxy, startFakeProxy } from "./fake-proxy";
import { proxyHostPlanned as planned, proxyHostRow as row } from "./rows";

const withoutMeta = Object.fromEntries(Object.entries(row).filter(([name]) => name !== "meta"));

describe("a proxy host", () => {
  let proxy: FakeProxy;
  let api: Api;
  let failed: Problem[];
  const host = resourceOf("nginxproxymanager_proxy_host");
  const create = (changes: Attributes = {}) =>
    host.create(
      {
        planned: { ...planned, ...changes },
        config: {},
        warn: unexpected,
        fail: (each) => failed.push(each),
      },
      api,
    );
  const last = () => proxy.seen.at(-1);

  beforeEach(async () => {
    failed = [];
    proxy = await startFakeProxy();
    api = await proxy.login();
  });
  afterEach(() => proxy.close());

  it("is sent whole, no certificate as 0, and whether it is enabled not at all", async () => {
    proxy.answer("POST /nginx/proxy-hosts", row, 201);
    const state = await create();
    const { enabled, ...sent } = planned;
    expect(enabled).toBe(true);
    expect(JSON.parse(last()?.body ?? "")).toEqual({
      ...sent,
      certificate_id: 0,
      access_list_id: 0,
      meta: {},
    });
    expect(state).toEqual({
      ...planned,
      id: 7,
      created_on: row.created_on,
      modified_on: row.modified_on,
      owner_user_id: 2,
      meta: null,
    });
  });

  it("shows what the proxy notes of it as texts", async () => {
    const meta = { nginx_online: false, nginx_err: 'unknown directive "x"', since: null, tries: 3 };
    proxy.answer("GET /nginx/proxy-hosts/7", { ...row, meta, locations: null });
    expect(await host.read?.({ id: 7 }, api)).toMatchObject({
      meta: { nginx_online: "false", nginx_err: 'unknown directive "x"', since: null, tries: "3" },
      locations: [],
    });
  });

  it("is switched off by a request of its own", async () => {
    proxy.answer("POST /nginx/proxy-hosts", row, 201);
    proxy.answer("POST /nginx/proxy-hosts/7/disable", true);
    expect(await create({ enabled: false })).toMatchObject({ id: 7, enabled: false });
    expect(last()?.line).toBe("POST /nginx/proxy-hosts/7/disable");

    proxy.answer("PUT /nginx/proxy-hosts/7", { ...row, enabled: false });
    proxy.answer("POST /nginx/proxy-hosts/7/enable", true);
    const again = {
      planned: { ...planned, id: 7 },
      prior: {},
      config: {},
      warn: unexpected,
      fail: unexpected,
    };
    expect(await host.update?.(again, api)).toMatchObject({ enabled: true });
    expect(last()?.line).toBe("POST /nginx/proxy-hosts/7/enable");
  });

  it("that cannot be switched off is known by its id alone, tainted", async () => {
    proxy.answer("POST /nginx/proxy-hosts", row, 201);
    proxy.answer("POST /nginx/proxy-hosts/7/disable", {}, 500);
    const state = await create({ enabled: false });
    expect(failed).toEqual([
      {
        summary: "Client Error",
        detail: "Unable to update proxy host, got err: 500 Internal Server Error",
        path: ["enabled"],
      },
    ]);
    expect(Object.entries(state).filter(([, value]) => value !== null)).toEqual([["id", 7]]);
  });

  it.each([
    [
      "a domain that is in use",
      400,
      { error: { message: "main.test.com is already in use" } },
      "400 Bad Request",
    ],
    ["nginx that is broken already", 500, { error: { message: "nginx: …" } }, "500 Internal Server Error"],
    [
      "a host with an access list, although it is there by then",
      201,
      { ...row, access_list_id: 3, access_list: { id: 3, name: "home" } },
      "data failed to match schemas in oneOf(GetProxyHosts200ResponseInnerAccessList)",
    ],
    ["an answer that lacks something", 201, withoutMeta, "no value given for required property meta"],
  ])("refuses %s in the client's words alone", async (_, status, body, reason) => {
    proxy.answer("POST /nginx/proxy-hosts", body, status);
    await expect((async () => create())()).rejects.toMatchObject({
      problems: [{ summary: "Client Error", detail: `Unable to create proxy host, got error: ${reason}` }],
    });
  });

  it("that is not found is gone, and any other failure is one", async () => {
    expect(await host.read?.({ id: 7 }, api)).toBeUndefined();
    proxy.answer("GET /nginx/proxy-hosts/7", {}, 502);
    await expect((async () => host.read?.({ id: 7 }, api))()).rejects.toThrow(
      "Unable to read proxy host, got error: 502 Bad Gateway",
    );
  });

  it("is imported by its number and nothing else", async () => {
    proxy.answer("GET /nginx/proxy-hosts/7", row);
    const known = (await host.import?.("7", api)) ?? {};
    expect(Object.entries(known).filter(([, value]) => value !== null)).toEqual([["id", 7]]);
    await expect((async () => host.import?.("main.test.com", api))()).rejects.toThrow(
      'Could not convert id to number, got error: strconv.ParseInt: parsing "main.test.com": invalid syntax',
    );
    await expect((async () => host.import?.("8", api))()).rejects.toThrow(
      "Unable to read proxy host, got error: 404 Not Found",
    );
  });

  it("refuses to call deleted what the proxy did not delete", async () => {
    proxy.answer("DELETE /nginx/proxy-hosts/7", false);
    await expect((async () => host.delete?.({ id: 7 }, api, { warn: unexpected }))()).rejects.toThrow(
      "Server Error: Unable to delete proxy host.",
    );
  });
});

it.each<[string, string, Attributes, string]>([
  [
    "a scheme that is none",
    "nginxproxymanager_proxy_host",
    { forward_scheme: "ftp" },
    'Attribute forward_scheme value must be one of: ["http" "https"], got: "ftp"',
  ],
  [
    "a port that is none",
    "nginxproxymanager_proxy_host",
    { forward_port: 65536 },
    "Attribute forward_port value must be between 1 and 65535, got: 65536",
  ],
  [
    "a location's port that is none, naming the location by its value",
    "nginxproxymanager_proxy_host",
    {
      locations: [
        { path: "/a", forward_host: "b", forward_scheme: "http", forward_port: 0, advanced_config: null },
      ],
    },
    'Attribute locations[Value({"advanced_config":<null>,"forward_host":"b","forward_port":0,"forward_scheme":"http","path":"/a"})].forward_port value must be between 1 and 65535, got: 0',
  ],
  [
    "a status that does not redirect",
    "nginxproxymanager_redirection_host",
    { forward_http_code: 200 },
    'Attribute forward_http_code value must be one of: ["300" "301" "302" "303" "307" "308"], got: 200',
  ],
  [
    "a default site that is none",
    "nginxproxymanager_settings",
    { default_site: { page: "405", html: null, redirect: null } },
    'Attribute default_site.page value must be one of: ["congratulations" "404" "444" "redirect" "html"], got: "405"',
  ],
])("refuses %s before anything is sent", (_, type, config, detail) => {
  expect(problemsOf(nginxProxyManagerProvider, type, config).map((problem) => problem.detail)).toEqual([
    detail,
  ]);
});

function resourceOf(name: string) {
  const resource = nginxProxyManagerProvider.resources[name];
  if (resource === undefined) throw new Error(`There is no ${name}.`);
  return resource;
}

function unexpected(problem: Problem): void {
  throw new Error(`unexpected: ${problem.summary}`);
}
