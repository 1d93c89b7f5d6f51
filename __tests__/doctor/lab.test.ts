import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { utils } from "ssh2";
import type { Lab } from "../../lab";
import { onPath } from "../../lab/engine/engine";
import { createLabAuthority } from "../../lab/network";
import { fakeProgram } from "../lab/engine/fake-program";
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

interface Change {
  readonly variables: () =>
    Promise<Readonly<Record<string, string | undefined>>> | Readonly<Record<string, string | undefined>>;
  readonly says: readonly string[];
  /** waiting, what cannot be looked at then. */
  readonly waiting?: readonly string[];
}

const proxmoxWaits = ["its version", "privileges", "hosts", "storages", "bridges", "used VM ids"];
const folders = ["the snippets' folder on pve1", "the snippets' folder on pve2"];

const changes: Readonly<Record<string, Change>> = {
  "a certificate by an authority that nobody trusts": {
    variables: async () => ({
      SSL_CERT_FILE: (await createLabAuthority(join(stand.scratch, "another"))).certificateFile,
    }),
    says: [
      "proxmox.endpoint  the certificate at https://192.168.0.10:8006/ is not trusted: curl: (60) SSL certificate problem: unable to get local issuer certificate | a deploy sends its credential there, and stops at a certificate that it cannot trust | export SSL_CERT_FILE=<the authority's certificate>, of Proxmox's own /etc/pve/pve-root-ca.pem (docs/how-to/proxmox-token.md)   (doctor/certificate)",
    ],
    waiting: [...proxmoxWaits, ...folders],
  },
  "a secret that is not set": {
    variables: () => ({ TF_VAR_test_com_key: undefined }),
    says: [
      'TF_VAR_test_com_key  it is not set | cluster.ts names this secret, and Terraform asks for it at every run | export TF_VAR_test_com_key=…, or "$(cat <file>)" for what lies in a file   (doctor/no-secret)',
    ],
  },
  "a Proxmox credential that is not set": {
    variables: () => ({ PROXMOX_VE_API_TOKEN: "" }),
    says: [
      "PROXMOX_VE_API_TOKEN  it is not set, nor PROXMOX_VE_USERNAME with PROXMOX_VE_PASSWORD | the provider and the gates log in to Proxmox with it | export PROXMOX_VE_API_TOKEN='<user>@<realm>!<token>=<secret>' (docs/how-to/proxmox-token.md)   (doctor/no-proxmox-credential)",
    ],
    waiting: [...proxmoxWaits, ...folders],
  },
  "a token with another secret": {
    variables: () => ({ PROXMOX_VE_API_TOKEN: `${token}=11111111-2222-3333-4444-555555555555` }),
    says: [expect.stringContaining("answers HTTP 401, invalid token value!")],
    waiting: [...proxmoxWaits, ...folders],
  },
  "an SSH key that no host knows": {
    variables: () => ({
      PROXMOX_VE_SSH_PRIVATE_KEY: utils.generateKeyPairSync("ecdsa", { bits: 256 }).private,
    }),
    says: ["pve1", "pve2"].map(
      (host) =>
        `PROXMOX_VE_SSH_USERNAME  ${host} refuses the login of slipway | cloud-init snippets are written by it | put its public key into ~slipway/.ssh/authorized_keys on ${host} (docs/how-to/proxmox-token.md)   (doctor/ssh-login)`,
    ),
    waiting: folders,
  },
  "a password that Proxmox does not take": {
    variables: () => ({
      PROXMOX_VE_API_TOKEN: "",
      PROXMOX_VE_USERNAME: "root@pam",
      PROXMOX_VE_PASSWORD: "wrong-password",
    }),
    says: [
      "PROXMOX_VE_PASSWORD  https://192.168.0.10:8006/ answers HTTP 401, authentication failure | Proxmox does not know PROXMOX_VE_USERNAME with this password, or wants a second factor | export the right ones, or a token instead (docs/how-to/proxmox-token.md)   (doctor/proxmox-credential)",
    ],
    waiting: [...proxmoxWaits, ...folders],
  },
  "a host whose key is another than the known one": {
    variables: () => ({ HOME: homeThatKnows("192.168.0.12") }),
    says: [
      "proxmox.hosts.pve2  192.168.0.12 shows another host key than the one in ~/.ssh/known_hosts | the provider does not log in then: it may be another machine | if pve2 was installed again: ssh-keygen -R 192.168.0.12   (doctor/ssh-host-key)",
    ],
    waiting: ["the snippets' folder on pve2"],
  },
  "an SSH user that is not set": {
    variables: () => ({ PROXMOX_VE_SSH_USERNAME: undefined }),
    says: [expect.stringMatching(/^PROXMOX_VE_SSH_USERNAME {2}it is not set \|/)],
    waiting: ["SSH to pve1", "SSH to pve2"],
  },
  "a login at the proxy with another password": {
    variables: () => ({ NGINXPROXYMANAGER_PASSWORD: "wrong-password" }),
    says: [
      "NGINXPROXYMANAGER_USERNAME  the proxy refuses the login: HTTP 400, Invalid email or password | edge in cluster.ts has hosts made in the proxy | export the e-mail address and password of a user of the proxy, without a second factor   (doctor/proxy-login)",
    ],
  },
  "an engine that is too old": {
    variables: () => ({
      TERRAFORM_BINARY_NAME: fakeProgram(stand.scratch, "terraform", "echo Terraform v1.9.8"),
    }),
    says: [
      "terraform  version 1.9.8 | it plans and applies, and ephemeral variables and write-only attributes came with that version | install terraform 1.11 or newer   (doctor/old-tool)",
    ],
  },
  "a PATH without curl, which asks everything else": {
    variables: () => ({ PATH: pathOf("node", "terraform", "bash", "openssl", "kubectl", "ssh") }),
    says: [
      "curl  PATH has none | gates ask Proxmox and Kubernetes with it | install curl 7.76 or newer, or add its folder to PATH   (doctor/no-tool)",
    ],
    waiting: [
      "the Proxmox API at https://192.168.0.10:8006/",
      ...proxmoxWaits,
      ...folders,
      "the proxy at http://192.168.0.100:81",
      "the login at the proxy",
    ],
  },
};

test.each(Object.entries(changes))(
  "refuses %s, and looks at the rest",
  async (_, { variables, says, waiting = [] }) => {
    const { code, problems, text } = await stand.examine(await variables());
    expect(problems).toEqual(says);
    expect(code).toBe(1);
    const unchecked = [...text.matchAll(/^ {2}not checked {2}(.*?): because/gm)].map(([, what]) => what);
    expect(unchecked.filter((what) => what !== "the API")).toEqual(waiting);
  },
);

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

/** homeThatKnows another key of a host. */
function homeThatKnows(address: string): string {
  const home = join(stand.scratch, "home-that-knows");
  const { public: key } = utils.generateKeyPairSync("ecdsa", { bits: 256 });
  mkdirSync(join(home, ".ssh"), { recursive: true });
  writeFileSync(join(home, ".ssh", "known_hosts"), `${address} ${key}\n`);
  return home;
}

/** pathOf a folder that has these programs and no other. */
function pathOf(...programs: readonly string[]): string {
  const folder = join(stand.scratch, programs.join("-"));
  mkdirSync(folder);
  for (const program of programs) {
    const found = onPath(program, process.env["PATH"] ?? "");
    if (found !== undefined) symlinkSync(found, join(folder, program));
  }
  return folder;
}
