import type { HostAnswers, Inside, ProxmoxAnswers, VmRow } from "../../cli/doctor/judge/proxmox/answers";
import { proxmoxFindings } from "../../cli/doctor/judge/proxmox/findings";
import { runningServers } from "../../cli/doctor/judge/proxmox/vm-ids";
import { amiss, answers, home, host, inside, now, read, refused, silent } from "./answers";

const judged = (changed: Partial<ProxmoxAnswers>): string[] =>
  amiss(proxmoxFindings(home, { ...answers, ...changed }, now));

const within = (changed: Partial<Inside>): string[] => judged({ inside: { ...inside, ...changed } });

const atPve2 = (changed: Partial<HostAnswers>): string[] =>
  within({ byHost: new Map([...inside.byHost, ["pve2", { ...host, ...changed }]]) });

const vm = (changed: Partial<VmRow>): VmRow => ({
  vmid: 1021,
  name: "nas",
  node: "pve1",
  tags: "",
  status: "running",
  ...changed,
});

/** outside, where nothing but the version was asked. */
const outside = (version: ProxmoxAnswers["version"], hasCredential = true): string[] => {
  const { inside: nothing, credential, ...others } = answers;
  expect([nothing, credential]).toEqual([inside, "token"]);
  const asked = { ...others, version, ...(hasCredential && { credential: "token" as const }) };
  return amiss(proxmoxFindings(home, asked, now));
};

test("a Proxmox that has all that is needed has no line that is not ok", () => {
  expect(judged({})).toEqual([]);
});

describe("when Proxmox is not reached", () => {
  test("refuses silence, in curl's words, and says of all the rest that it waits", () => {
    const [first, ...rest] = outside(silent(28, "curl: (28) Connection timed out"));
    expect(first).toContain("https://192.168.0.10:8006/ does not answer: curl: (28) Connection timed out");
    expect(rest).toHaveLength(6);
    for (const line of rest) expect(line).toMatch(/^not checked: .*, because Proxmox does not answer$/);
  });

  test.each([
    ["certificate has expired", "renew it there"],
    [
      "no alternative certificate subject name matches target host name",
      "use a name that the certificate has, or give it 192.168.0.10",
    ],
    ["unable to get local issuer certificate", "export SSL_CERT_FILE="],
  ])("refuses a certificate: %s", (says, fix) => {
    expect(outside(silent(60, `curl: (60) SSL certificate problem: ${says}`))[0]).toContain(fix);
  });

  test("nothing is said against Proxmox where curl cannot be run", () => {
    expect(outside(silent(undefined, "spawn curl ENOENT"))[0]).toMatch(/^not checked: .*curl cannot be run/);
  });

  test("refuses a wrong credential by 401 only, and what is no credential's fault otherwise", () => {
    expect(outside(refused(401, "invalid token value!"))[0]).toMatch(
      /^doctor\/proxmox-credential PROXMOX_VE_API_TOKEN: /,
    );
    expect(outside(refused(500, "no quorum"))[0]).toMatch(
      /^doctor\/no-answer proxmox\.endpoint: .*HTTP 500, no quorum/,
    );
  });

  test("without a credential the rest waits for one, and the 401 is no problem of its own", () => {
    expect(outside(refused(401, "No ticket"), false)).toEqual(
      ["its version", "privileges", "hosts", "storages", "bridges", "used VM ids"].map(
        (what) => `not checked: ${what}, because there is no credential to ask with`,
      ),
    );
  });
});

describe("its certificate", () => {
  const ending = (day: string) => judged({ certificate: { validTo: new Date(`${day}T12:00:00Z`) } });

  test("that ends within a month is a note, and one that has ended is refused", () => {
    expect(ending("2026-12-22")).toEqual([]);
    expect(ending("2026-12-10")).toEqual([
      "note: the Proxmox API's certificate is good until 2026-12-10: renew it within 19 days",
    ]);
    expect(ending("2026-11-20")[0]).toContain("doctor/certificate proxmox.endpoint: ");
  });

  test("of which an old curl tells nothing is not checked", () => {
    const { certificate, ...others } = answers;
    expect(certificate).toBeDefined();
    expect(amiss(proxmoxFindings(home, others, now))).toEqual([
      "not checked: the end of the Proxmox API's certificate, because this curl is older than 7.88 and does not tell it",
    ]);
  });
});

describe("versions", () => {
  const at = (version: string) => atPve2({ version: read({ version }) });

  test("refuses 8, takes any 9, notes 10", () => {
    expect(at("8.4.14")).toEqual([
      "doctor/old-proxmox proxmox.hosts.pve2: it runs Proxmox VE 8.4.14; upgrade pve2 to Proxmox VE 9.2",
    ]);
    expect(at("9.0.3")).toEqual([]);
    expect(at("10.0.1")).toEqual(["note: pve2 runs Proxmox VE 10.0.1; Slipway was tried with 9.2"]);
  });
});

describe("privileges", () => {
  const without = (path: string, name: string) => {
    const held = inside.privileges.get(path);
    const left = held?.kind === "read" ? [...held.value].filter((one) => one !== name) : [];
    return new Map([...inside.privileges, [path, read(new Set(left))]]);
  };

  test("refuses a missing one on its path, and leaves undecided what only it would show", () => {
    const privileges = without("/vms", "VM.Audit");
    const lines = within({ privileges, vms: read([vm({})]) });
    expect(lines).toHaveLength(2);
    expect(lines[0]).toContain("doctor/privileges /vms: the credential lacks VM.Audit there");
    expect(lines[1]).toMatch(/^not checked: used VM ids, /);
  });

  test("a store that may not be seen is not called missing", () => {
    const lines = within({
      privileges: without("/storage/local-lvm", "Datastore.AllocateSpace"),
      byHost: new Map([
        ["pve1", { ...host, storages: read([]) }],
        ["pve2", host],
      ]),
    });
    expect(lines).toContain(
      'not checked: storage "local-lvm" on pve1, because the credential may not see it: privileges on /storage/local-lvm',
    );
    expect(lines.filter((line) => line.startsWith("doctor/no-storage"))).toHaveLength(2);
  });

  test("a bridge that may not be seen is not called missing", () => {
    const path = "/sdn/zones/localnetwork/vmbr0";
    const byHost = new Map([
      ["pve1", { ...host, network: read([]) }],
      ["pve2", host],
    ]);
    expect(within({ privileges: without(path, "SDN.Use"), byHost })).toContain(
      `not checked: bridge vmbr0 on pve1, because the credential may not see it: privileges on ${path}`,
    );
  });
});

describe("hosts", () => {
  test("refuses one that is offline, and what is on it waits", () => {
    const hosts = read([
      { node: "pve1", status: "online" },
      { node: "pve2", status: "offline" },
    ]);
    expect(within({ hosts, byHost: new Map([["pve1", host]]) })).toEqual([
      "doctor/host-offline proxmox.hosts.pve2: pve2 is offline; bring the host back, or move its machines to another host in cluster.ts",
      "not checked: storages and bridge of pve2, because pve2 is not there or not online",
    ]);
  });

  test("one that no machine is on may be offline", () => {
    const idle = {
      ...home,
      proxmox: {
        ...home.proxmox,
        hosts: [
          ...home.proxmox.hosts,
          ...home.proxmox.hosts.slice(0, 1).map((one) => ({ ...one, name: "pve3" })),
        ],
      },
    };
    const hosts = read(
      ["pve1", "pve2", "pve3"].map((node) => ({ node, status: node === "pve3" ? "offline" : "online" })),
    );
    expect(amiss(proxmoxFindings(idle, { ...answers, inside: { ...inside, hosts } }, now))).toEqual([
      "note: pve3 is offline; no machine of the file is on it",
    ]);
  });
});

describe("storages", () => {
  const rows = host.storages.kind === "read" ? host.storages.value : [];
  const withLocal = (changed: object) =>
    atPve2({ storages: read(rows.map((row) => (row.storage === "local" ? { ...row, ...changed } : row))) });

  test.each([
    ["disabled", { enabled: false }, 'storage "local" on pve2 is disabled; pvesm set local --disable 0'],
    ["not active", { active: false }, 'storage "local" on pve2 is not active; mount it'],
    ["of another content", { content: ["iso", "backup"] }, "pvesm set local --content iso,backup,snippets"],
    ["shared", { shared: true }, "list it in proxmox.sharedStorage"],
  ])("refuses one that is %s", (_, changed, words) => {
    const lines = withLocal(changed);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(words);
  });
});

describe("bridges", () => {
  const bridge = { iface: "vmbr0", type: "bridge", active: true, priority: 1 };

  test("takes one of Open vSwitch and a network of SDN by the same name", () => {
    for (const type of ["OVSBridge", "vnet"])
      expect(atPve2({ network: read([{ ...bridge, type }]) })).toEqual([]);
  });

  test("refuses one that is down, and a network card by that name", () => {
    expect(atPve2({ network: read([{ ...bridge, active: false }]) })[0]).toContain("ifup vmbr0 on pve2");
    expect(atPve2({ network: read([{ ...bridge, type: "eth" }]) })[0]).toContain("pve2 has no bridge vmbr0;");
  });
});

describe("VM ids", () => {
  test("refuses a stranger, a container too, and takes its own by tag or by name", () => {
    expect(within({ vms: read([vm({})]) })[0]).toContain(
      "proxmox.vmIds: VM 1021 is already another VM, nas on pve1",
    );
    expect(within({ vms: read([vm({ tags: "prod;slipway-homestead" })]) })).toHaveLength(1);
    expect(within({ vms: read([vm({ tags: "server;slipway-home" })]) })).toEqual([]);
    expect(within({ vms: read([vm({ name: "home-server-1" })]) })).toEqual([]);
    expect(within({ vms: read([vm({ vmid: 500 })]) })).toEqual([]);
  });

  test("servers of the cluster run when Proxmox says so of its own ones; unknown where it does not tell", () => {
    const asked = (row: VmRow) => runningServers(home, { ...inside, vms: read([row]) });
    expect(asked(vm({ name: "home-server-1" }))).toEqual(["server-1"]);
    expect(asked(vm({ name: "home-server-1", status: "stopped" }))).toEqual([]);
    expect(asked(vm({}))).toEqual([]);
    expect(runningServers(home, undefined)).toBeUndefined();
  });
});
