import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { utils } from "ssh2";
import { onPath } from "../../lab/engine/engine";
import { createLabAuthority } from "../../lab/network";
import { fakeProgram } from "../lab/engine/fake-program";
import { type DoctorStand, standDoctor } from "./stand";

const token = "slipway@pve!deploy";
let stand: DoctorStand;

beforeAll(async () => {
  stand = await standDoctor(join(__dirname, "home.ts"));
});
afterAll(() => stand.close());

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
