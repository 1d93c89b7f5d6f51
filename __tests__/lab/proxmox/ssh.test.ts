import { Client, type ConnectConfig, utils } from "ssh2";
import { type Stand, standUp } from "./stand/lab";
import { accounts } from "./stand/site";

const key = utils.generateKeyPairSync("ecdsa", { bits: 256 });
const stranger = utils.generateKeyPairSync("ecdsa", { bits: 256 });
let stand: Stand;
let username = "root";
afterEach(async () => {
  expect(stand.lab.defects).toEqual([]);
  await stand.close();
});

const standWith = async (ssh: { user: string; sudo?: boolean; password?: string }): Promise<void> => {
  username = ssh.user;
  stand = await standUp({ accounts: { ...accounts(), ssh: { ...ssh, publicKeys: [key.public] } } });
};
const tee = (path: string, sudo = 0): string =>
  `/bin/bash -c 'export TRY_SUDO_USE_SUDO=${sudo}; try_sudo(){ "$@"; }; try_sudo /usr/bin/tee ${path}'`;
const probe = `/bin/bash -c 'if [ "$(id -u)" = "0" ]; then echo "0"; elif sudo -n /usr/sbin/pvesm apiinfo; then echo "1"; fi'`;
const SNIPPET = "/var/lib/vz/snippets/user.yaml";

describe("an upload through tee", () => {
  it("lands on the host's own storage, byte for byte", async () => {
    await standWith({ user: "root" });
    const text = "#cloud-config\n".repeat(50_000);
    expect(await exec(tee(SNIPPET), text)).toMatchObject({ status: 0, stdout: text });
    expect(stand.lab.state.snippet("pve1", "local:snippets/user.yaml")).toBe(text);
    expect(stand.lab.state.snippet("pve2", "local:snippets/user.yaml")).toBeUndefined();
  });

  it("is seen by every host on a shared storage", async () => {
    await standWith({ user: "root" });
    await exec(tee("/mnt/pve/nas/snippets/user.yaml"), "x");
    expect(stand.lab.state.snippet("pve3", "nas:snippets/user.yaml")).toBe("x");
  });

  it("refuses a folder that no storage has", async () => {
    await standWith({ user: "root" });
    expect(await exec(tee("/mnt/pve/tank/snippets/user.yaml"), "x")).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("No such file or directory"),
    });
  });

  it("refuses an account that is not root and has no sudo", async () => {
    await standWith({ user: "terraform" });
    expect(await exec(probe)).toMatchObject({ status: 0, stdout: "0\n" });
    expect(await exec(tee(SNIPPET), "x")).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("denied"),
    });
  });

  it("works for an account with sudo, which the probe tells", async () => {
    await standWith({ user: "terraform", sudo: true });
    expect(await exec(probe)).toMatchObject({ stdout: "1\n" });
    expect(await exec(tee(SNIPPET, 1), "x")).toMatchObject({ status: 0 });
  });

  it("refuses when the storage is full", async () => {
    await standWith({ user: "root" });
    stand.lab.hand.fillStorage("local");
    expect(await exec(tee(SNIPPET), "x")).toMatchObject({
      stderr: expect.stringContaining("No space left on device"),
    });
  });

  it("leaves half a file when the connection breaks", async () => {
    await standWith({ user: "root" });
    stand.lab.hand.cutNextUpload("pve1", 4);
    await expect(exec(tee(SNIPPET), "0123456789")).rejects.toThrow();
    expect(stand.lab.state.snippet("pve1", "local:snippets/user.yaml")).toBe("0123");
    expect(await exec(tee(SNIPPET), "0123456789")).toMatchObject({ status: 0 });
  });
});

describe("a login", () => {
  it.each([
    ["another key", { privateKey: stranger.private }],
    ["another user", { username: "nobody" }],
    ["a wrong password", { password: "wrong" }],
  ] as [string, ConnectConfig][])("refuses %s", async (_what, config) => {
    await standWith({ user: "root", password: "right" });
    await expect(exec(probe, "", config)).rejects.toThrow("authentication methods failed");
  });

  it("by password is accepted", async () => {
    await standWith({ user: "root", password: "right" });
    expect(await exec(probe, "", { password: "right" })).toMatchObject({
      stdout: "0\n",
    });
  });

  it("finds nobody on a host that is down", async () => {
    await standWith({ user: "root" });
    await stand.lab.hand.hostDown("pve1");
    await expect(exec(probe)).rejects.toThrow();
  });
});

describe("a command", () => {
  it("that the lab does not know is not found, and recorded", async () => {
    await standWith({ user: "root" });
    expect(await exec("/bin/bash -c 'reboot'")).toMatchObject({ status: 127 });
    expect(stand.lab.commands).toEqual([{ host: "pve1", command: "/bin/bash -c 'reboot'" }]);
  });
});

interface Outcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

function exec(command: string, input = "", config: ConnectConfig = {}): Promise<Outcome> {
  const port = stand.lookup("192.168.0.11", 22) ?? 0;
  return new Promise((resolve, reject) => {
    const client = new Client();
    client.on("error", reject);
    client.on("ready", () =>
      client.exec(command, (error, channel) => {
        if (error) return reject(error);
        let stdout = "";
        let stderr = "";
        let status: number | undefined;
        channel.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
        channel.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
        channel.on("exit", (code: number) => (status = code));
        channel.on("close", () => {
          client.end();
          if (status === undefined) reject(new Error("connection lost"));
          else resolve({ status, stdout, stderr });
        });
        channel.end(input);
      }),
    );
    client.connect({
      host: "127.0.0.1",
      port,
      username,
      ...(config.password === undefined ? { privateKey: key.private } : {}),
      ...config,
    });
  });
}
