import { utils } from "ssh2";
import { environmentFindings } from "../../cli/doctor/judge/environment";
import type { State } from "../../config/model/state";
import { amiss, home, wordsOf } from "./answers";

const { private: key } = utils.generateKeyPairSync("ecdsa", { bits: 256 });
const { private: locked } = utils.generateKeyPairSync("ecdsa", {
  bits: 256,
  passphrase: "secret words",
  cipher: "aes256-cbc",
});

const whole = {
  PROXMOX_VE_API_TOKEN: "slipway@pve!deploy=11111111-2222-3333-4444-555555555555",
  PROXMOX_VE_SSH_USERNAME: "slipway",
  PROXMOX_VE_SSH_PRIVATE_KEY: key,
  TF_VAR_test_com_certificate: "PEM",
  TF_VAR_test_com_key: "PEM",
  NGINXPROXYMANAGER_USERNAME: "slipway@test.com",
  NGINXPROXYMANAGER_PASSWORD: "secret",
};
const secrets = [
  { kind: "certificate", certificate: "test_com_certificate", key: "test_com_key", names: ["test.com"] },
] as const;

const findings = (changed: Readonly<Record<string, string | undefined>>, state?: State) =>
  environmentFindings([state === undefined ? home : { ...home, state }], secrets, { ...whole, ...changed });
const judged = (changed: Readonly<Record<string, string | undefined>>, state?: State) =>
  amiss(findings(changed, state));

test("a whole environment is ok, each variable by its name", () => {
  expect(wordsOf(findings({}))).toEqual([
    "ok: PROXMOX_VE_API_TOKEN is set",
    "ok: SSH is by the private key",
    "ok: TF_VAR_test_com_certificate, TF_VAR_test_com_key are set",
    "ok: NGINXPROXYMANAGER_USERNAME and NGINXPROXYMANAGER_PASSWORD are set",
  ]);
});

test("no finding shows a value, whatever is wrong with it", () => {
  const wrong = {
    PROXMOX_VE_API_TOKEN: "hunter2",
    PROXMOX_VE_SSH_PRIVATE_KEY: "hunter2",
    HTTPS_PROXY: "http://me:hunter2@proxy",
  };
  expect(JSON.stringify(findings(wrong))).not.toContain("hunter2");
});

describe("the Proxmox credential", () => {
  test("refuses a token that the shell has cut at its exclamation mark", () => {
    expect(judged({ PROXMOX_VE_API_TOKEN: "slipway@pve=1111" })[0]).toContain("in single quotes");
  });

  test("may be a user with a password, who logs in by SSH too; refuses one without a realm", () => {
    const password = {
      PROXMOX_VE_API_TOKEN: "",
      PROXMOX_VE_PASSWORD: "secret",
      PROXMOX_VE_SSH_USERNAME: "",
      PROXMOX_VE_SSH_PRIVATE_KEY: "",
    };
    expect(judged({ ...password, PROXMOX_VE_USERNAME: "root@pam" })).toEqual([]);
    expect(judged({ ...password, PROXMOX_VE_USERNAME: "root" })[0]).toContain(
      "PROXMOX_VE_USERNAME: it names no realm",
    );
  });

  test("whose certificate check is switched off has a note", () => {
    expect(judged({ PROXMOX_VE_INSECURE: "true" })).toEqual([
      "note: PROXMOX_VE_INSECURE is on: the certificate of Proxmox is not checked",
    ]);
  });
});

describe("the SSH login", () => {
  test("refuses a key with a passphrase, and what is no key", () => {
    expect(judged({ PROXMOX_VE_SSH_PRIVATE_KEY: locked })[0]).toContain("its key has a passphrase");
    expect(judged({ PROXMOX_VE_SSH_PRIVATE_KEY: "ssh-ed25519 AAAA" })[0]).toContain(
      "no private key that can be read",
    );
  });

  test("may be an agent; refuses one without a socket", () => {
    const agent = { PROXMOX_VE_SSH_PRIVATE_KEY: "", PROXMOX_VE_SSH_AGENT: "true" };
    expect(judged({ ...agent, SSH_AUTH_SOCK: "/run/agent" })).toEqual([]);
    expect(judged(agent)[0]).toContain(
      "PROXMOX_VE_SSH_PRIVATE_KEY: it is not set, nor PROXMOX_VE_SSH_AGENT=true with SSH_AUTH_SOCK",
    );
  });
});

describe("secrets", () => {
  test("refuses each that is missing or empty, by its own line", () => {
    expect(judged({ TF_VAR_test_com_key: undefined, TF_VAR_test_com_certificate: "" })).toEqual([
      expect.stringContaining("doctor/no-secret TF_VAR_test_com_certificate"),
      expect.stringContaining("doctor/no-secret TF_VAR_test_com_key"),
    ]);
  });

  test("the proxy's login is asked for where the file has an edge, and only there", () => {
    const without = { ...whole, NGINXPROXYMANAGER_USERNAME: "", NGINXPROXYMANAGER_PASSWORD: "" };
    const { edge, ...inner } = home;
    expect(edge).toBeDefined();
    expect(judged({ NGINXPROXYMANAGER_PASSWORD: "" })[0]).toContain(
      "NGINXPROXYMANAGER_PASSWORD: it is not set; export NGINXPROXYMANAGER_PASSWORD=…",
    );
    expect(amiss(environmentFindings([inner], secrets, without))).toEqual([]);
  });
});

describe("the state", () => {
  test("refuses SLIPWAY_STATE=local where the state is kept elsewhere, and takes it where it is not", () => {
    const pg: State = { kind: "pg", schema: "slipway" };
    expect(judged({ SLIPWAY_STATE: "local", PG_CONN_STR: "postgres://" }, pg)[0]).toContain(
      "unset SLIPWAY_STATE",
    );
    expect(judged({ SLIPWAY_STATE: "local" })).toEqual([]);
  });

  test("refuses PostgreSQL without its connection", () => {
    expect(judged({}, { kind: "pg", schema: "slipway" })[0]).toContain("doctor/no-state-login PG_CONN_STR");
  });
});

test("proxies on the way are noted by the names of their variables, in either case", () => {
  expect(judged({ https_proxy: "http://proxy:3128", NO_PROXY: "192.168.0.0/24" })).toEqual([
    "note: requests are led by HTTPS_PROXY, NO_PROXY",
  ]);
});
