import { addCertificate, authorityIn, strangeKey, uploadPair } from "./certificates";
import { type EdgeStand, plainHost, startEdgeStand } from "./stand";

let stand: EdgeStand;
beforeEach(async () => {
  stand = await startEdgeStand({ path: "" });
});
afterEach(async () => {
  expect(stand.edge.defects).toEqual([]);
  await stand.close();
});

const hosts = "/nginx/proxy-hosts";
const certificates = "/nginx/certificates";
const names = ["main.test.com", "www.test.com"];

test("a certificate's names are its subject's only, and its key can be read again (edge.md 2.7, 2.2)", async () => {
  const pair = await (await authorityIn(stand)).issue(names);
  expect(await addCertificate(stand, "test.com", pair)).toEqual({
    status: 200,
    body: { certificate: pair.certificatePem.trimEnd() + "\n", certificate_key: pair.keyPem },
  });
  const { body } = await stand.ask("GET", `${certificates}/1`);
  expect(body).toMatchObject({ nice_name: "test.com", domain_names: ["main.test.com"], provider: "other" });
  expect(body).toHaveProperty("meta.certificate_key", pair.keyPem);
});

test("a host's expanded certificate has no key", async () => {
  await addCertificate(stand, "test.com", await (await authorityIn(stand)).issue(names));
  const { body } = await stand.ask("POST", hosts, { ...plainHost, certificate_id: 1 });
  expect(body).toHaveProperty("certificate.meta", {});
});

test("an unknown certificate is taken, and 0 keeps what needs one (edge.md 2.4)", async () => {
  const tls = { ssl_forced: true, http2_support: true, hsts_enabled: true };
  const unknown = await stand.ask("POST", hosts, { ...plainHost, certificate_id: 7, ...tls });
  expect(unknown).toMatchObject({ status: 201, body: { certificate_id: 7, certificate: null, ...tls } });
  const zero = { ...plainHost, domain_names: ["zero.test.com"], certificate_id: 0, ...tls };
  expect((await stand.ask("POST", hosts, zero)).body).toMatchObject({ certificate_id: 0, ssl_forced: true });
});

test("without a certificate what needs one is silently off (edge.md 2.4)", async () => {
  const asked = {
    ...plainHost,
    ssl_forced: true,
    http2_support: true,
    hsts_enabled: true,
    hsts_subdomains: true,
  };
  expect((await stand.ask("POST", hosts, asked)).body).toMatchObject({
    ssl_forced: false,
    http2_support: false,
    hsts_enabled: false,
    hsts_subdomains: false,
  });
});

test("a deleted certificate is gone from the list, also while hosts use it (edge.md 2.7)", async () => {
  await addCertificate(stand, "test.com", await (await authorityIn(stand)).issue(names));
  await stand.ask("POST", hosts, { ...plainHost, certificate_id: 1 });
  expect(await stand.ask("DELETE", `${certificates}/1`)).toEqual({ status: 200, body: true });
  const { body } = await stand.ask("GET", `${hosts}/1?expand=certificate`);
  expect(body).toMatchObject({ certificate_id: 1, certificate: null });
});

test("a key of another certificate is taken, and every later write fails (edge.md 2.6, 2.7)", async () => {
  const pair = await (await authorityIn(stand)).issue(names);
  await addCertificate(stand, "test.com", pair);
  await stand.ask("POST", hosts, { ...plainHost, certificate_id: 1 });
  expect((await uploadPair(stand, 1, { ...pair, keyPem: strangeKey() })).status).toBe(200);
  const other = { ...plainHost, domain_names: ["other.test.com"] };
  expect((await stand.ask("POST", hosts, other)).status).toBe(500);
  const { body } = await stand.ask("GET", `${hosts}?query=other`);
  expect(body).toMatchObject([{ id: 2, domain_names: ["other.test.com"], meta: {} }]);
  expect((await stand.ask("POST", hosts, other)).body).toMatchObject({
    error: { message: "other.test.com is already in use" },
  });
});

test("refuses an upload without a form, without a certificate, and of what is none", async () => {
  const pair = await (await authorityIn(stand)).issue(names);
  await stand.ask("POST", certificates, { provider: "other", nice_name: "empty" });
  const path = `${certificates}/1/upload`;
  expect((await stand.ask("POST", path, {})).status).toBe(400);
  expect(await stand.upload(path, { certificate_key: pair.keyPem })).toMatchObject({
    status: 400,
    body: { error: { message: "Certificate file was not provided" } },
  });
  expect(await stand.upload(path, { certificate: "no PEM", certificate_key: pair.keyPem })).toMatchObject({
    status: 400,
    body: { error: { message: expect.stringMatching(/^Certificate is not valid/) }, debug: {} },
  });
});

test("refuses an upload without a key only after the row was changed (edge.md 2.7)", async () => {
  const pair = await (await authorityIn(stand)).issue(names);
  await stand.ask("POST", certificates, { provider: "other", nice_name: "half" });
  const half = await stand.upload(`${certificates}/1/upload`, { certificate: pair.certificatePem });
  expect(half.status).toBe(500);
  const { body } = await stand.ask("GET", `${certificates}/1`);
  expect(body).toMatchObject({ domain_names: ["main.test.com"] });
});
