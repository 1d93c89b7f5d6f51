import { createHmac } from "node:crypto";
import { account, type EdgeStand, plainHost, startEdgeStand } from "./stand";

let stand: EdgeStand;
beforeEach(async () => {
  stand = await startEdgeStand({ path: "" });
});
afterEach(async () => {
  expect(stand.edge.defects).toEqual([]);
  await stand.close();
});

const hosts = "/nginx/proxy-hosts";
const inUse = { error: { code: 400, message: "main.test.com is already in use" } };

describe("who asks (edge.md 2.2)", () => {
  test("anybody learns the version", async () => {
    const version = { major: 2, minor: 15, revision: 1 };
    expect(await stand.ask("GET", "/", undefined, null)).toEqual({
      status: 200,
      body: { status: "OK", setup: true, version },
    });
  });

  test("an identity is compared in lower case", async () => {
    const login = { identity: account.email.toUpperCase(), secret: account.password };
    expect(await stand.ask("POST", "/tokens", login)).toMatchObject({ status: 200 });
  });

  test("refuses a wrong password with 400", async () => {
    const login = { identity: account.email, secret: "wrong" };
    expect(await stand.ask("POST", "/tokens", login, null)).toEqual({
      status: 400,
      body: { error: { code: 400, message: "Invalid email or password" } },
    });
  });

  test("refuses a token that is no token with 500", async () => {
    const forged = createHmac("sha256", "guess").update("x").digest("base64url");
    for (const token of ["nonsense", `e30.e30.${forged}`]) {
      expect((await stand.ask("GET", hosts, undefined, `Bearer ${token}`)).status).toBe(500);
    }
  });

  test("users/me says who it is, and with expand what is allowed", async () => {
    const { body } = await stand.ask("GET", "/users/me?expand=permissions");
    expect(body).toMatchObject({ email: account.email, permissions: { proxy_hosts: "manage" } });
  });

  test("refuses a missing token as if nothing were there: 404, on POST 500", async () => {
    await stand.ask("POST", hosts, plainHost);
    const missing = { status: 404, body: { error: { code: 404, message: `Not Found - ${hosts}/1` } } };
    expect(await stand.ask("GET", `${hosts}/1`, undefined, null)).toEqual(missing);
    expect(await stand.ask("PUT", `${hosts}/1`, { forward_port: 81 }, null)).toEqual(missing);
    expect(await stand.ask("DELETE", `${hosts}/1`, undefined, null)).toEqual(missing);
    expect((await stand.ask("POST", hosts, plainHost, null)).status).toBe(500);
  });

  test("refuses a withdrawn permission the same way, and the rows stay", async () => {
    await stand.ask("POST", hosts, plainHost);
    stand.edge.hand.withdraw("proxy_hosts");
    expect((await stand.ask("GET", hosts)).status).toBe(404);
    expect((await stand.ask("DELETE", `${hosts}/1`)).status).toBe(404);
    expect((await stand.ask("POST", hosts, plainHost)).status).toBe(500);
    expect((await stand.ask("GET", "/nginx/streams")).status).toBe(200);
    expect(stand.edge.sites()).toHaveLength(1);
  });

  test("refuses the default site to everybody but an administrator", async () => {
    expect((await stand.ask("GET", "/settings/default-site")).status).toBe(404);
    const admin = await startEdgeStand({ path: "", role: "admin" });
    const { body } = await admin.ask("PUT", "/settings/default-site", { value: "404" });
    expect(body).toMatchObject({ id: "default-site", value: "404" });
    await admin.close();
  });
});

describe("rows", () => {
  test("names are kept in order, and a POST does not tell what nginx said (edge.md 2.6)", async () => {
    const names = ["www.test.com", "main.test.com"];
    const made = await stand.ask("POST", hosts, { ...plainHost, domain_names: names });
    expect(made).toMatchObject({ status: 201, body: { id: 1, domain_names: [...names].reverse() } });
    expect(made.body).toHaveProperty("meta", {});
    const { body } = await stand.ask("GET", `${hosts}/1`);
    expect(body).toHaveProperty("meta", { nginx_online: true, nginx_err: null });
    expect(stand.edge.sites()).toEqual([{ kind: "proxy", id: 1, domainNames: [...names].reverse() }]);
  });

  test("meta that was sent is kept beside nginx's word (edge.md 1.8)", async () => {
    await stand.ask("POST", hosts, { ...plainHost, meta: { managed_by: "us" } });
    const { body } = await stand.ask("PUT", `${hosts}/1`, { forward_port: 81 });
    expect(body).toHaveProperty("meta", { managed_by: "us", nginx_online: true, nginx_err: null });
  });

  test("a PUT changes what it names and nothing else (edge.md 2.4)", async () => {
    await stand.ask("POST", hosts, { ...plainHost, block_exploits: true });
    await stand.ask("PUT", `${hosts}/1`, { forward_port: 8080 });
    const { body } = await stand.ask("GET", `${hosts}/1`);
    expect(body).toMatchObject({ ...plainHost, forward_port: 8080, block_exploits: true });
  });

  test("an id is never given again (edge.md 2.4)", async () => {
    await stand.ask("POST", hosts, plainHost);
    expect(await stand.ask("DELETE", `${hosts}/1`)).toEqual({ status: 200, body: true });
    expect((await stand.ask("GET", `${hosts}/1`)).body).toEqual({
      error: { code: 404, message: "Not Found - 1" },
    });
    expect((await stand.ask("POST", hosts, plainHost)).body).toMatchObject({ id: 2 });
    expect(stand.edge.sites()).toHaveLength(1);
  });

  test("query looks in the names, expand adds what the id stands for (edge.md 2.1)", async () => {
    await stand.ask("POST", hosts, plainHost);
    await stand.ask("POST", hosts, { ...plainHost, domain_names: ["other.test.com"] });
    const { body } = await stand.ask("GET", `${hosts}?query=MAIN&expand=certificate,owner,access_list`);
    expect(body).toMatchObject([{ id: 1, certificate: null, access_list: null, owner: { id: 2 } }]);
    const plain = await stand.ask("GET", hosts);
    expect(plain.body).toMatchObject([{ id: 1 }, { id: 2 }]);
    expect(JSON.stringify(plain.body)).not.toContain('"owner":');
  });

  test("enable and disable work once (edge.md 2.4)", async () => {
    await stand.ask("POST", hosts, plainHost);
    expect((await stand.ask("POST", `${hosts}/1/enable`)).body).toEqual({
      error: { code: 400, message: "Host is already enabled" },
    });
    expect(await stand.ask("POST", `${hosts}/1/disable`)).toEqual({ status: 200, body: true });
    expect(stand.edge.sites()).toEqual([]);
    expect((await stand.ask("POST", `${hosts}/1/disable`)).status).toBe(400);
    expect((await stand.ask("POST", `${hosts}/1/enable`)).status).toBe(200);
    expect(stand.edge.sites()).toHaveLength(1);
  });

  test("PUT enabled false goes on serving (edge.md 2.5)", async () => {
    await stand.ask("POST", hosts, plainHost);
    const { body } = await stand.ask("PUT", `${hosts}/1`, { enabled: false });
    expect(body).toMatchObject({ enabled: false });
    expect(stand.edge.sites()).toHaveLength(1);
  });

  test("a stream on a port that another has is taken (edge.md 2.8)", async () => {
    const stream = { incoming_port: 5432, forwarding_host: "192.168.0.241", forwarding_port: 5432 };
    expect((await stand.ask("POST", "/nginx/streams", { ...stream, tcp_forwarding: true })).status).toBe(201);
    expect((await stand.ask("POST", "/nginx/streams", { ...stream, tcp_forwarding: true })).status).toBe(201);
  });

  test("deleting an access list opens the hosts that it guarded (edge.md 2.4)", async () => {
    const list = { name: "office", clients: [{ directive: "allow", address: "192.168.0.0/24" }] };
    await stand.ask("POST", "/nginx/access-lists", list);
    const made = await stand.ask("POST", hosts, { ...plainHost, access_list_id: 1 });
    expect(made.body).toMatchObject({ access_list: { name: "office", proxy_host_count: 1 } });
    await stand.ask("DELETE", "/nginx/access-lists/1");
    expect((await stand.ask("GET", `${hosts}/1`)).body).toMatchObject({ access_list_id: 0 });
  });
});

describe("refuses", () => {
  test("refuses a name that any other host has, in whatever case, also a disabled one (edge.md 2.6)", async () => {
    await stand.ask("POST", hosts, plainHost);
    await stand.ask("POST", `${hosts}/1/disable`);
    expect(await stand.ask("POST", hosts, plainHost)).toEqual({ status: 400, body: inUse });
    expect(await stand.ask("POST", "/nginx/dead-hosts", { domain_names: ["Main.Test.com"] })).toEqual({
      status: 400,
      body: { error: { code: 400, message: "Main.Test.com is already in use" } },
    });
    expect((await stand.ask("PUT", `${hosts}/1`, plainHost)).status).toBe(200);
    const wildcard = { ...plainHost, domain_names: ["*.test.com"] };
    expect((await stand.ask("POST", hosts, wildcard)).status).toBe(201);
  });

  test("refuses fields that the schema has not, in Ajv's words (edge.md 2.1)", async () => {
    const answer = await stand.ask("POST", hosts, { ...plainHost, owner_user_id: 7 });
    expect(answer.body).toEqual({
      error: { code: 400, message: "data must NOT have additional properties" },
    });
    const { body } = await stand.ask("POST", hosts, { domain_names: ["a b"], forward_port: 0 });
    expect(JSON.stringify(body)).toContain(
      "data must have required property 'forward_scheme', data must have",
    );
    expect((await stand.ask("PUT", `${hosts}/1`, {})).status).toBe(400);
    expect((await stand.ask("GET", hosts)).body).toEqual([]);
  });

  test("types are made to fit before they are checked (edge.md 2.1)", async () => {
    const texts = { ...plainHost, forward_port: "9001", block_exploits: "true" };
    expect((await stand.ask("POST", hosts, texts)).body).toMatchObject({
      forward_port: 9001,
      block_exploits: true,
    });
  });

  test("refuses what GET answers as the body of a PUT, also its null (edge.md 2.4)", async () => {
    await stand.ask("POST", hosts, plainHost);
    const { body } = await stand.ask("GET", `${hosts}/1`);
    expect(body).toHaveProperty("locations", null);
    expect((await stand.ask("PUT", `${hosts}/1`, body)).status).toBe(400);
    expect((await stand.ask("PUT", `${hosts}/1`, { locations: null })).status).toBe(400);
  });

  test("refuses broken JSON without a reason (edge.md 2.6)", async () => {
    expect(await stand.send("POST", hosts, "{")).toEqual({
      status: 400,
      body: { error: { code: 400, message: "Internal Error" } },
    });
  });

  test("refuses to issue a certificate of Let's Encrypt, and keeps no row of it", async () => {
    const asked = { provider: "letsencrypt", domain_names: ["main.test.com"] };
    expect((await stand.ask("POST", "/nginx/certificates", asked)).status).toBe(500);
    expect((await stand.ask("GET", "/nginx/certificates")).body).toEqual([]);
  });

  test("refuses Let's Encrypt's old words, which 2.13 dropped (edge.md 1.4)", async () => {
    const meta = { letsencrypt_email: "me@test.com", letsencrypt_agree: true };
    const answer = await stand.ask("POST", "/nginx/certificates", { provider: "letsencrypt", meta });
    expect(answer).toMatchObject({
      status: 400,
      body: { error: { message: expect.stringContaining("data/meta must NOT have additional properties") } },
    });
  });
});

describe("the hand", () => {
  test("a deleted row is gone from API and nginx, and restored comes back under its id", async () => {
    await stand.ask("POST", hosts, plainHost);
    await stand.edge.hand.deleteRow("proxy", 1);
    expect((await stand.ask("GET", `${hosts}/1`)).status).toBe(404);
    expect(stand.edge.sites()).toEqual([]);
    await stand.edge.hand.restoreRow("proxy", 1);
    expect((await stand.ask("GET", `${hosts}/1`)).body).toMatchObject(plainHost);
    expect(stand.edge.sites()).toEqual([{ kind: "proxy", id: 1, domainNames: ["main.test.com"] }]);
  });

  test("a foreign host has its names, and they are in use", async () => {
    const id = await stand.edge.hand.addForeignHost(["main.test.com"]);
    expect((await stand.ask("GET", `${hosts}/${id}`)).body).toMatchObject({ owner_user_id: 1 });
    expect(await stand.ask("POST", hosts, plainHost)).toEqual({ status: 400, body: inUse });
  });
});
