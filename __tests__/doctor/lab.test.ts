import { join } from "node:path";
import type { Lab } from "../../lab";
import { type DoctorStand, type OpenSite, standDoctor } from "./stand";

const file = join(__dirname, "home.ts");
let stand: DoctorStand;

beforeAll(async () => {
  stand = await standDoctor(file);
});
afterAll(() => stand.close());

test("a site that has everything: each line is ok, and the API that a first deploy makes is not checked", async () => {
  const { code, text, problems } = await stand.examine();
  expect(problems).toEqual([]);
  expect(code).toBe(0);
  expect(text).toContain("/home.ts: no problem, ");
  expect(text.match(/^ {2}not checked.*$/gm)).toEqual([
    expect.stringContaining("the API: because there is no kubeconfig"),
  ]);
});

test("no value of a variable is printed, and nothing is changed at Proxmox or the proxy", async () => {
  const { proxmox } = stand.lab;
  const before = stand.lab.edge("192.168.0.100").records();
  const { text } = await stand.examine({}, "--json");
  const values = Object.entries(stand.environment)
    .filter(([name]) => /TOKEN|KEY|PASSWORD|TF_VAR_/.test(name))
    .flatMap(([, value]) => value.split(/[\n=]/))
    .filter((part) => part.length > 20 && !part.includes("-----"));
  expect(values.length).toBeGreaterThan(5);
  for (const value of values) expect(text).not.toContain(value);
  expect(JSON.parse(text)).toMatchObject({
    ok: true,
    sections: [
      "tools",
      "environment",
      "home: Proxmox",
      "home: SSH",
      "home: Kubernetes",
      "home: the proxy",
    ].map((title) => ({ title: expect.stringContaining(title) })),
  });
  expect(proxmox.requests.filter(({ method }) => method !== "GET")).toEqual([]);
  expect(proxmox.isEmpty()).toEqual({ empty: true, left: [] });
  expect(stand.lab.edge("192.168.0.100").records()).toEqual(before);
});

test("every request is one of Proxmox's published API, and none is refused", async () => {
  const { code } = await stand.examine();
  expect(code).toBe(0);
  expect(stand.lab.complaints()).toEqual([]);
  expect(stand.lab.proxmox.requests.filter(({ status }) => status !== 200)).toEqual([]);
});

interface Disturbance {
  readonly disturb: (lab: Lab, site: OpenSite) => unknown;
  readonly restore: (lab: Lab, site: OpenSite) => unknown;
  readonly says: readonly string[];
}

const token = "slipway@pve!deploy";

const disturbances: Readonly<Record<string, Disturbance>> = {
  "a privilege that is missing": {
    disturb: ({ proxmox }) => proxmox.hand.revoke(token, "VM.Clone"),
    restore: ({ proxmox }) => proxmox.hand.grant(token, "/", ["VM.Clone"]),
    says: [
      "/vms  the credential lacks VM.Clone there | a deploy asks for them before its first change, and stops | pveum role modify SlipwayDeploy --append --privs 'VM.Clone' (docs/how-to/proxmox-token.md has the whole role, and where it is given)   (doctor/privileges)",
    ],
  },
  "a store that takes no snippets": {
    disturb: (_, site) => (storage(site, "local").content = ["vztmpl"]),
    restore: (_, site) => (storage(site, "local").content = ["snippets"]),
    says: ["pve1", "pve2"].map(
      (host) =>
        `proxmox.snippets  storage "local" on ${host} does not take snippets | it takes vztmpl | pvesm set local --content vztmpl,snippets, or name another storage in cluster.ts   (doctor/storage-content)`,
    ),
  },
  "a store that is not there": {
    disturb: (_, site) => (storage(site, "library").id = "shelf"),
    restore: (_, site) => (storage(site, "shelf").id = "library"),
    says: ["pve1", "pve2"].map(
      (host) =>
        `proxmox.images  ${host} has no storage "library"; it has local-lvm, shelf, local | machines on ${host} need it | name one of these in cluster.ts, or in Proxmox add ${host} to the storage's nodes   (doctor/no-storage)`,
    ),
  },
  "a store that is shared, and each host's own in cluster.ts": {
    disturb: (_, site) => (storage(site, "local-lvm").shared = true),
    restore: (_, site) => (storage(site, "local-lvm").shared = false),
    says: ["pve1", "pve2"].map(
      (host) =>
        `proxmox.disks  storage "local-lvm" on ${host} is shared in Proxmox | cluster.ts says otherwise, and by that decides how many templates and files there are | list it in proxmox.sharedStorage instead of under the hosts' storage   (doctor/storage-shared)`,
    ),
  },
  "a bridge that is not there": {
    disturb: (_, site) => site.bridges.splice(0, 1, "vmbr7"),
    restore: (_, site) => site.bridges.splice(0, 1, "vmbr0"),
    says: ["pve1", "pve2"].map(
      (host) =>
        `proxmox.bridge  ${host} has no bridge vmbr0; it has vmbr7 | machines on ${host} are connected to it | name one that every host has, or make vmbr0 on ${host}   (doctor/no-bridge)`,
    ),
  },
  "a host that Proxmox does not have": {
    disturb: (_, site) => site.hosts.splice(1, 1, { name: "pve9", address: "192.168.0.12" }),
    restore: (_, site) => site.hosts.splice(1, 1, { name: "pve2", address: "192.168.0.12" }),
    says: [
      "proxmox.hosts.pve2  Proxmox has no host pve2; it has pve1, pve9 | machines are made on hosts by Proxmox\'s own names for them | use Proxmox's own host names in proxmox.hosts   (doctor/no-host)",
    ],
  },
  "a host that is off, with its SSH": {
    disturb: ({ proxmox }) => proxmox.hand.hostDown("pve2"),
    restore: ({ proxmox }) => proxmox.hand.hostUp("pve2"),
    says: [
      "proxmox.hosts.pve2  pve2 is offline | its machines are gone with it, and a plan stops while it is | bring the host back, or move its machines to another host in cluster.ts   (doctor/host-offline)",
    ],
  },
  "a stranger's VM with the id of a machine": {
    disturb: ({ proxmox }) => proxmox.hand.addVm({ id: 1031, host: "pve1", name: "nas" }),
    restore: ({ proxmox }) => proxmox.hand.deleteVm(1031),
    says: [
      "proxmox.vmIds  VM 1031 is already another VM, nas on pve1 | a machine of the cluster would take its place; a plan refuses that | choose another range with proxmox.vmIds in cluster.ts, or remove that VM   (doctor/vm-id-taken)",
    ],
  },
  "a token that was deleted": {
    disturb: ({ proxmox }) => proxmox.hand.deleteToken(token),
    restore: ({ proxmox }) => proxmox.hand.restoreToken(token),
    says: [
      "PROXMOX_VE_API_TOKEN  https://192.168.0.10:8006/ answers HTTP 401, no such token 'deploy' for user 'slipway@pve' | Proxmox does not know this token, or its secret is another | look at Datacenter > Permissions > API Tokens, make the token again and export it (docs/how-to/proxmox-token.md)   (doctor/proxmox-credential)",
    ],
  },
  "a host with an older Proxmox": {
    disturb: ({ proxmox }) => proxmox.hand.install("pve2", "8.4.14"),
    restore: ({ proxmox }) => proxmox.hand.install("pve2", "9.2.3"),
    says: [
      "proxmox.hosts.pve2  it runs Proxmox VE 8.4.14 | privileges and storage contents are asked for as Proxmox VE 9 has them | upgrade pve2 to Proxmox VE 9.2   (doctor/old-proxmox)",
    ],
  },
  "a host that takes no SSH": {
    disturb: ({ proxmox }) => proxmox.hand.closeSsh("pve2"),
    restore: ({ proxmox }) => proxmox.hand.openSsh("pve2"),
    says: [
      expect.stringMatching(
        /^proxmox\.hosts\.pve2 {2}no SSH at 192\.168\.0\.12:22: .* \| cloud-init snippets are written over SSH: the API of Proxmox cannot \| systemctl start ssh on pve2, and let port 22 through from here {3}\(doctor\/no-ssh\)$/,
      ),
    ],
  },
  "a host without the folder of snippets": {
    disturb: ({ proxmox }) => proxmox.hand.removeSnippetFolder("local", "pve2"),
    restore: ({ proxmox }) => proxmox.hand.makeSnippetFolder("local", "pve2"),
    says: [
      "proxmox.snippets  pve2 has no folder /var/lib/vz/snippets | Proxmox does not make it, nor does the provider | mkdir -p /var/lib/vz/snippets on pve2   (doctor/no-snippets-folder)",
    ],
  },
  "a proxy in front that is too old": {
    disturb: (lab) => lab.edge("192.168.0.100").hand.install({ major: 2, minor: 12, revision: 6 }),
    restore: (lab) => lab.edge("192.168.0.100").hand.install({ major: 2, minor: 15, revision: 1 }),
    says: [
      "edge.nginxProxyManager  the proxy at http://192.168.0.100:81 is Nginx Proxy Manager 2.12.6 | before 2.13 it begins with a login that everybody knows, and its API is another | upgrade it to 2.15   (doctor/old-proxy)",
    ],
  },
};

test.each(Object.entries(disturbances))("refuses %s, in exactly that line", async (_, disturbance) => {
  await disturbance.disturb(stand.lab, stand.site);
  const { code, problems } = await stand.examine();
  await disturbance.restore(stand.lab, stand.site);
  expect(problems).toEqual(disturbance.says);
  expect(code).toBe(1);
});

test("refuses a login at the proxy that lacks a permission", async () => {
  stand.lab.edge("192.168.0.100").hand.withdraw("streams");
  const { problems } = await stand.examine();
  expect(problems).toEqual([
    "NGINXPROXYMANAGER_USERNAME  this user of the proxy may not manage streams | the proxy would call it not found, and a deploy would make it anew | in Users of the proxy give it visibility All Items, and Manage for Proxy Hosts, Redirection Hosts, 404 Hosts, Streams and SSL Certificates   (doctor/proxy-permissions)",
  ]);
});

function storage(site: OpenSite, id: string): OpenSite["storages"][number] {
  const found = site.storages.find((candidate) => candidate.id === id);
  if (found === undefined) throw new Error(`the site has no storage ${id}`);
  return found;
}
