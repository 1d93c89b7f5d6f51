import { delimiter } from "node:path";
import { existsSync } from "node:fs";
import { idOf } from "./certificates";
import { skipped } from "../../skipped";
import { refusedFiles } from "./refused-files";
import { type EdgeStand, plainHost, startEdgeStand } from "./stand";

const hosts = "/nginx/proxy-hosts";
const hasNginx = [...(process.env["PATH"] ?? "").split(delimiter), "/usr/sbin"].some((folder) =>
  existsSync(`${folder}/nginx`),
);

describe.each([
  ["the lab's own reading", ""],
  ["nginx -t", undefined],
])("by %s", (by, path) => {
  if (path === undefined && !hasNginx) {
    skipped(`${by} refuses files`, "this machine has no nginx");
    return;
  }
  let stand: EdgeStand;
  beforeEach(async () => {
    stand = await startEdgeStand(path === undefined ? {} : { path });
  });
  afterEach(async () => {
    expect(stand.edge.defects).toEqual([]);
    await stand.close();
  });

  test("says which part is a stand-in", () => {
    expect(stand.edge.nginx).toBe("left out");
    expect(stand.edge.parts.map(({ kind }) => kind)).toEqual(["stand-in", "stand-in"]);
  });

  test("takes every field of every kind of host", async () => {
    const location = {
      path: "/app",
      forward_scheme: "http",
      forward_host: "192.168.0.241/sub",
      forward_port: 80,
    };
    await stand.ask("POST", hosts, {
      ...plainHost,
      domain_names: ["a.test.com", "*.test.com"],
      block_exploits: true,
      caching_enabled: true,
      allow_websocket_upgrade: true,
      advanced_config: "client_max_body_size 64m; proxy_read_timeout 1h;\nallow 192.168.0.0/24;\ndeny all;",
      locations: [location, { ...location, path: "/", forward_host: "192.168.0.241" }],
    });
    await stand.ask("POST", "/nginx/redirection-hosts", {
      domain_names: ["old.test.com"],
      forward_scheme: "auto",
      forward_http_code: 301,
      forward_domain_name: "a.test.com",
      preserve_path: true,
      block_exploits: true,
    });
    await stand.ask("POST", "/nginx/dead-hosts", { domain_names: ["dead.test.com"] });
    const paths = [`${hosts}?query=a.test`, "/nginx/redirection-hosts", "/nginx/dead-hosts"];
    for (const path of paths) {
      const { body } = await stand.ask("GET", path);
      expect(body).toMatchObject([{ meta: { nginx_online: true, nginx_err: null } }]);
    }
    expect(stand.edge.sites()).toHaveLength(3);
  });

  test.each(Object.entries(refusedFiles))("refuses %s in the words of nginx", async (_, [config, said]) => {
    const made = await stand.ask("POST", hosts, { ...plainHost, advanced_config: config });
    expect(made).toMatchObject({ status: 201, body: { meta: {} } });
    const id = idOf(made);
    const { body } = await stand.ask("GET", `${hosts}/${id}`);
    expect(body).toMatchObject({ meta: { nginx_online: false, nginx_err: expect.stringContaining(said) } });
    expect(body).toMatchObject({
      meta: { nginx_err: expect.stringContaining(` in /data/nginx/proxy_host/${id}.conf:`) },
    });
    expect(stand.edge.sites()).toEqual([]);
  });

  test("a bad change takes a working host away, and the next good one brings it back (edge.md 2.6)", async () => {
    const made = await stand.ask("POST", hosts, plainHost);
    const id = idOf(made);
    const bad = await stand.ask("PUT", `${hosts}/${id}`, { advanced_config: "nonsense;" });
    expect(bad).toMatchObject({ status: 200, body: { meta: { nginx_online: false } } });
    expect(stand.edge.sites()).toEqual([]);
    const good = await stand.ask("PUT", `${hosts}/${id}`, { advanced_config: "" });
    expect(good).toMatchObject({ status: 200, body: { meta: { nginx_online: true, nginx_err: null } } });
    expect(stand.edge.sites()).toHaveLength(1);
  });

  test("a quote in an upstream becomes a directive of its own (edge.md 2.4)", async () => {
    const made = await stand.ask("POST", hosts, { ...plainHost, forward_host: '1.2.3.4"; nonsense "x' });
    const { body } = await stand.ask("GET", `${hosts}/${idOf(made)}`);
    expect(body).toMatchObject({
      meta: { nginx_err: expect.stringContaining('unknown directive "nonsense"') },
    });
  });
});
