import { nginxProxyManagerProvider } from "../../../../lab/providers/nginxproxymanager";
import type { Api } from "../../../../lab/providers/nginxproxymanager/api";
import type { Problem } from "../../../../lab/providers/protocol/problem";
import { type FakeProxy, startFakeProxy } from "./fake-proxy";

const certificate = "-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----\n";
const certificate_key = "-----BEGIN PRIVATE KEY-----\nMII\n-----END PRIVATE KEY-----\n";

describe("a certificate that is brought along", () => {
  let proxy: FakeProxy;
  let api: Api;
  let failed: Problem[];
  const resource = nginxProxyManagerProvider.resources["nginxproxymanager_certificate_custom"];
  const create = async () =>
    resource?.create(
      {
        planned: { name: "wildcard", certificate, certificate_key },
        config: {},
        warn: unexpected,
        fail: (problem) => failed.push(problem),
      },
      api,
    );

  beforeEach(async () => {
    failed = [];
    proxy = await startFakeProxy();
    api = await proxy.login();
    proxy.answer("POST /nginx/certificates/validate", { certificate: judgement, certificate_key: true });
    proxy.answer("POST /nginx/certificates", row, 201);
    proxy.answer("POST /nginx/certificates/4/upload", {});
    proxy.answer("GET /nginx/certificates/4", { ...row, meta: { certificate, certificate_key } });
  });
  afterEach(() => proxy.close());

  it("is judged by the proxy, created by its name, uploaded as files, and read back", async () => {
    expect(await create()).toEqual({
      id: 4,
      created_on: row.created_on,
      modified_on: row.created_on,
      owner_user_id: 2,
      name: "wildcard",
      certificate,
      certificate_key,
      domain_names: ["*.test.com"],
      expires_on: row.expires_on,
    });
    const [, judged, made, uploaded, read] = proxy.seen;
    expect(made?.body).toBe('{"provider":"other","nice_name":"wildcard"}');
    expect(read?.line).toBe("GET /nginx/certificates/4");
    for (const form of [judged, uploaded]) {
      expect(form?.contentType).toMatch(/^multipart\/form-data; ?boundary=/);
      expect(form?.body).toMatch(partOf("certificate", certificate));
      expect(form?.body).toMatch(partOf("certificate_key", certificate_key));
    }
  });

  it("that the proxy refuses is never created", async () => {
    proxy.answer("POST /nginx/certificates/validate", {}, 400);
    await expect(create()).rejects.toThrow("Unable to validate certificate, got error: 400 Bad Request");
    expect(proxy.seen.at(-1)?.line).toBe("POST /nginx/certificates/validate");
  });

  it("without a subject is never created: the proxy tells no name of it, which the client needs", async () => {
    const { issuer, dates } = judgement;
    proxy.answer("POST /nginx/certificates/validate", {
      certificate: { issuer, dates },
      certificate_key: true,
    });
    await expect(create()).rejects.toThrow(
      "Unable to validate certificate, got error: no value given for required property cn",
    );
  });

  it("whose upload fails is known by its id alone, tainted", async () => {
    proxy.answer("POST /nginx/certificates/4/upload", {}, 500);
    const state = (await create()) ?? {};
    expect(Object.entries(state).filter(([, value]) => value !== null)).toEqual([["id", 4]]);
    expect(failed.map(({ detail }) => detail)).toEqual([
      "Unable to upload certificate, got error: 500 Internal Server Error",
    ]);
  });

  it("that was obtained by the proxy itself cannot be imported", async () => {
    proxy.answer("GET /nginx/certificates/4", { ...row, provider: "letsencrypt" });
    await expect((async () => resource?.import?.("4", api))()).rejects.toThrow(
      "The certificate is not a custom certificate, got provider: letsencrypt",
    );
  });

  it("is found by its name among all of them", async () => {
    proxy.answer("GET /nginx/certificates", [{ ...row, meta: { dns_challenge: true } }]);
    const all = nginxProxyManagerProvider.dataSources?.["nginxproxymanager_certificates"];
    expect(await all?.read({}, api)).toMatchObject({
      certificates: [
        { id: 4, nice_name: "wildcard", provider_name: "other", meta: { dns_challenge: "true" } },
      ],
    });
  });
});

const judgement = { cn: "*.test.com", issuer: "CN = lab", dates: { from: 1, to: 2 } };

const row = {
  id: 4,
  created_on: "2026-11-21 15:00:00",
  modified_on: "2026-11-21 15:00:00",
  owner_user_id: 2,
  provider: "other",
  nice_name: "wildcard",
  domain_names: ["*.test.com"],
  expires_on: "2027-11-21 15:00:00",
  meta: {},
};

function unexpected(problem: Problem): void {
  throw new Error(`unexpected: ${problem.summary}`);
}

/** partOf a form: the file of that name, its content to the letter. */
function partOf(name: string, content: string): RegExp {
  return new RegExp(`form-data; name="${name}"; filename="${name}"\\r\\n[^]*?\\r\\n\\r\\n${content}\\r\\n--`);
}
