import { selfSignedAuthority, serverCertificate } from "../../../../lab/network/certificate";
import { enginesUnderTest } from "../engines";
import { skipped } from "../../../skipped";
import { configuration, type EdgeStand, startEdgeStand } from "./edge-stand";

describe.each(enginesUnderTest())("the lab's proxy, written by the real $name", ({ file }) => {
  if (typeof file !== "string") {
    skipped("works", file.missing);
    return;
  }

  let stand: EdgeStand;
  beforeEach(async () => {
    stand = await startEdgeStand(file);
  });
  afterEach(async () => {
    const { defects } = stand.edge;
    await stand.close();
    expect(defects).toEqual([]);
  });

  it("has one of everything, plans nothing afterwards, and is left as it was", async () => {
    const { workspace, edge } = stand;
    const everything = { ...(await everyKind()), nginxproxymanager_settings: settings };
    expect(await workspace.apply(configuration(everything))).toContain("6 added, 0 changed, 0 destroyed");
    expect((await workspace.engine("plan", "-detailed-exitcode")).output).toContain("No changes.");
    expect(edge.sites().map(({ kind, domainNames }) => [kind, domainNames])).toEqual([
      ["proxy", ["main.test.com", "www.test.com"]],
      ["redirection", ["old.test.com"]],
      ["dead", ["gone.test.com"]],
    ]);
    const state = await workspace.state();
    expect(state["nginxproxymanager_certificate_custom.one"]).toMatchObject({ id: 1, domain_names: ["lab"] });
    expect(state["nginxproxymanager_settings.one"]).toEqual({
      default_site: { page: "redirect", redirect: "https://main.test.com", html: "" },
    });

    const destroyed = await workspace.must("destroy", "-auto-approve", "-parallelism=1");
    expect(destroyed).toContain("Warning: Settings not changed");
    expect(destroyed).toContain("6 destroyed");
    expect(edge.sites()).toEqual([]);
  });

  it("shows what nginx says of a host only once it is read again", async () => {
    const { workspace } = stand;
    await workspace.apply(configuration(host()));
    expect((await workspace.state())["nginxproxymanager_proxy_host.main"]).toMatchObject({ meta: null });
    await workspace.must("apply", "-refresh-only", "-auto-approve");
    expect((await workspace.state())["nginxproxymanager_proxy_host.main"]).toMatchObject({
      meta: { nginx_online: "true" },
    });
  });

  it("changes what was edited in place, and nothing else", async () => {
    const { workspace } = stand;
    await workspace.apply(configuration(host()));
    const changed = {
      forward_port: 8080,
      enabled: false,
      locations: [{ path: "/api", forward_scheme: "http", forward_host: "192.168.0.241", forward_port: 81 }],
    };
    await workspace.configure(configuration(host(changed)));
    expect(await workspace.planned()).toEqual({ "nginxproxymanager_proxy_host.main": ["update"] });
    await workspace.must("apply", "-auto-approve", "plan.bin");
    expect(await workspace.planned()).toEqual({});
    expect(stand.edge.sites()).toEqual([]);
    const { locations } = (await workspace.state())["nginxproxymanager_proxy_host.main"] ?? {};
    expect(locations).toEqual([{ ...changed.locations[0], advanced_config: "" }]);
  });

  it("plans again what somebody deleted there", async () => {
    const { workspace, edge } = stand;
    await workspace.apply(configuration(host()));
    await edge.hand.deleteRow("proxy", 1);
    expect(await workspace.planned()).toEqual({ "nginxproxymanager_proxy_host.main": ["create"] });
    await edge.hand.restoreRow("proxy", 1);
    expect(await workspace.planned()).toEqual({});
  });

  it("has a host imported by its number, and plans what differs", async () => {
    const { workspace, edge } = stand;
    const id = await edge.hand.addForeignHost(["main.test.com"]);
    await workspace.configure(configuration(host()));
    await workspace.must("init");
    await workspace.must("import", "nginxproxymanager_proxy_host.main", String(id));
    expect(await workspace.planned()).toEqual({ "nginxproxymanager_proxy_host.main": ["update"] });
    await workspace.must("apply", "-auto-approve", "plan.bin");
    expect(await workspace.planned()).toEqual({});
  });

  it("refuses a domain that somebody else has, without saying so", async () => {
    const { workspace, edge } = stand;
    await edge.hand.addForeignHost(["main.test.com"]);
    await workspace.configure(configuration(host()));
    await workspace.must("init");
    const { code, output } = await workspace.engine("apply", "-auto-approve");
    expect(code).toBe(1);
    expect(output).toContain("Unable to create proxy host, got error: 400 Bad Request");
    expect(output).not.toContain("in use");
  });

  it("calls a host that nginx refused a success; a look at it afterwards fails the apply", async () => {
    const { workspace, edge } = stand;
    const bad = host({ advanced_config: "proxy_bufering on;" });
    await workspace.apply(configuration(bad));
    expect(edge.sites()).toEqual([]);
    expect(await workspace.planned()).toEqual({});

    await workspace.configure(configuration(bad, { data: online }));
    const looked = await workspace.engine("apply", "-auto-approve");
    expect([looked.code, looked.output]).toEqual([
      1,
      expect.stringContaining('unknown directive "proxy_bufering"'),
    ]);
    await workspace.configure(configuration(host(), { data: online }));
    await workspace.must("apply", "-auto-approve");
    expect(edge.sites()).toMatchObject([{ domainNames: ["main.test.com"] }]);
    expect(await workspace.planned()).toEqual({});

    // A change of a host that was online: the look waits for it, although its number was known all along.
    await workspace.configure(configuration(bad, { data: online }));
    const changed = await workspace.engine("apply", "-auto-approve");
    expect([changed.code, changed.output]).toEqual([
      1,
      expect.stringContaining('unknown directive "proxy_bufering"'),
    ]);
  });

  it("seems empty to who may not see hosts: all would be made anew, had a list not failed the plan", async () => {
    const { workspace, edge } = stand;
    await workspace.apply(configuration(host()));
    edge.hand.withdraw("proxy_hosts");
    expect(await workspace.planned()).toEqual({ "nginxproxymanager_proxy_host.main": ["create"] });
    const guard = { nginxproxymanager_proxy_hosts: { all: {} } };
    await workspace.configure(configuration(host(), { data: guard }));
    const { code, output } = await workspace.engine("plan");
    expect(code).toBe(1);
    expect(output).toContain("Unable to read proxy hosts, got error: 404 Not Found");
  });

  it("tells its version and every host by data sources", async () => {
    const { workspace } = stand;
    const data = {
      nginxproxymanager_version: { this: {} },
      nginxproxymanager_proxy_hosts: { all: { depends_on: ["nginxproxymanager_proxy_host.main"] } },
    };
    const output = {
      version: { value: "${data.nginxproxymanager_version.this.version}" },
      domains: { value: "${flatten(data.nginxproxymanager_proxy_hosts.all.proxy_hosts[*].domain_names)}" },
    };
    await workspace.apply(configuration(host(), { data, output }));
    expect(JSON.parse(await workspace.must("output", "-json"))).toMatchObject({
      version: { value: expect.stringMatching(/^2\.15\./) },
      domains: { value: ["main.test.com"] },
    });
  });

  it("gets a new certificate before the old one goes, and its host is led over in between", async () => {
    const { workspace, edge } = stand;
    const secured = async () => ({
      ...host({ certificate_id: "${nginxproxymanager_certificate_custom.one.id}", ssl_forced: true }),
      nginxproxymanager_certificate_custom: { one: { ...(await certificate()), lifecycle: createFirst } },
    });
    const createFirst = { create_before_destroy: true };
    await workspace.apply(configuration(await secured()));
    await workspace.configure(configuration(await secured()));
    expect(await workspace.planned()).toEqual({
      "nginxproxymanager_certificate_custom.one": ["create", "delete"],
      "nginxproxymanager_proxy_host.main": ["update"],
    });
    await workspace.must("apply", "-auto-approve", "plan.bin");
    const state = await workspace.state();
    expect(state["nginxproxymanager_certificate_custom.one"]).toMatchObject({ id: 2 });
    expect(state["nginxproxymanager_proxy_host.main"]).toMatchObject({ certificate_id: 2 });
    expect(edge.sites()).toHaveLength(1);
    expect(await workspace.planned()).toEqual({});
    expect(await workspace.must("show")).not.toContain("PRIVATE KEY");
  });

  it("refuses a password that is wrong while planning", async () => {
    const { workspace } = stand;
    await workspace.configure({
      ...Object(configuration(host())),
      provider: { nginxproxymanager: { url: "http://192.168.0.100:81", password: "other" } },
    });
    await workspace.must("init");
    const { code, output } = await workspace.engine("plan");
    expect(code).toBe(1);
    expect(output).toContain("Error: Failed to authenticate with the Nginx Proxy Manager API");
    expect(output).toContain("400 Bad Request");
  });
});

function host(changes: Readonly<Record<string, unknown>> = {}) {
  return {
    nginxproxymanager_proxy_host: {
      main: {
        domain_names: ["main.test.com"],
        forward_scheme: "http",
        forward_host: "192.168.0.240",
        forward_port: 80,
        ...changes,
      },
    },
  };
}

/** everyKind of resource once; the certificate is used. */
async function everyKind() {
  const certificate_id = "${nginxproxymanager_certificate_custom.one.id}";
  const hosts = host({
    domain_names: ["www.test.com", "main.test.com"],
    certificate_id,
    ssl_forced: true,
    http2_support: true,
  });
  // One write at a time, as the proxy wants it.
  return {
    nginxproxymanager_certificate_custom: { one: await certificate() },
    ...hosts,
    nginxproxymanager_redirection_host: {
      one: {
        domain_names: ["old.test.com"],
        forward_domain_name: "main.test.com",
        forward_http_code: 301,
        depends_on: ["nginxproxymanager_proxy_host.main"],
      },
    },
    nginxproxymanager_dead_host: {
      one: { domain_names: ["gone.test.com"], depends_on: ["nginxproxymanager_redirection_host.one"] },
    },
    nginxproxymanager_stream: {
      one: {
        incoming_port: 5432,
        forwarding_host: "192.168.0.241",
        forwarding_port: 5432,
        depends_on: ["nginxproxymanager_dead_host.one"],
      },
    },
  };
}

const settings = {
  one: {
    default_site: { page: "redirect", redirect: "https://main.test.com" },
    depends_on: ["nginxproxymanager_stream.one"],
  },
};

/** online looks at the host after it was written. The message is made in any case, and what is fine has a null error. */
const online = {
  nginxproxymanager_proxy_host: {
    online: {
      id: "${nginxproxymanager_proxy_host.main.id}",
      lifecycle: {
        postcondition: [
          {
            condition: '${self.meta["nginx_online"] == "true"}',
            error_message: '${coalesce(self.meta["nginx_err"], "no reason")}',
          },
        ],
      },
    },
  },
};

async function certificate() {
  const authority = await selfSignedAuthority("lab-ca");
  const { certificatePem, keyPem } = await serverCertificate(authority, "lab", [
    "main.test.com",
    "www.test.com",
  ]);
  return { name: "lab", certificate: certificatePem, certificate_key: keyPem };
}
