import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { Client, type ConnectConfig, type ServerHostKeyAlgorithm } from "ssh2";
import { filled, type SshLogin } from "../credentials";
import { type HostKey, knownKeys } from "../judge/known-hosts";
import type { FolderState, SshAnswer } from "../judge/ssh";
import { type SocksProxy, throughSocks } from "./socks";

type Environment = Readonly<Record<string, string | undefined>>;

const milliseconds = 10_000;

/**
 * askSsh logs in to a host as the provider does, asks what it asks before an upload, and looks whether the folder of
 * snippets is there. It writes nothing, here or there: the provider would note an unknown host in known_hosts.
 */
export async function askSsh(
  environment: Environment,
  login: SshLogin,
  address: string,
  folder: string | undefined,
): Promise<SshAnswer> {
  const known = knownKeys(await knownHosts(), address);
  const client = new Client();
  try {
    const through = socksOf(environment);
    const entered = await enter(client, {
      ...(through === undefined ? { host: address } : { sock: await throughSocks(through, address, 22) }),
      ...authenticationOf(login),
      ...keysWanted(known),
      readyTimeout: milliseconds,
      hostVerifier: (key: Buffer) =>
        known.length === 0 || known.some((one) => one.key === key.toString("base64")),
    });
    if (entered !== undefined) return entered;
    const probed = await output(client, `/bin/bash -c '${sudoProbe}'`);
    const usesSudo = probed.text.trim() === "1";
    const isPlain = folder !== undefined && /^[\w./-]+$/.test(folder);
    const mayWrite =
      usesSudo && isPlain
        ? (await output(client, `sudo -n -l /usr/bin/tee ${folder}/slipway`)).code === 0
        : undefined;
    return {
      kind: "in",
      rights: login.username === "root" ? "root" : usesSudo ? "sudo" : "none",
      ...(mayWrite === undefined ? {} : { mayWrite }),
      folder: folder === undefined ? "unknown" : await stateOf(client, folder),
    };
  } catch (error) {
    return { kind: "silent", says: error instanceof Error ? error.message : String(error) };
  } finally {
    client.end();
    client.destroy();
  }
}

/** sudoProbe, word for word the provider's. Source: bpg/terraform-provider-proxmox v0.111.1, proxmox/ssh/client.go */
const sudoProbe =
  `if [ "$(id -u)" = "0" ]; then echo "0"; ` +
  `elif [ $(sudo -n /usr/sbin/pvesm apiinfo 2>&1 | grep "APIVER" | wc -l) -gt 0 ] ` +
  `|| sudo -n /usr/sbin/qm --help >/dev/null 2>&1; then echo "1"; else echo "0"; fi`;

/** enter, and tell only why not. */
function enter(client: Client, config: ConnectConfig): Promise<SshAnswer | undefined> {
  return new Promise((resolve) => {
    client.once("ready", () => resolve(undefined));
    client.on("error", (error) => {
      const { level, message } = error;
      if (level === "client-authentication") resolve({ kind: "refused" });
      else if (message.includes("verification failed") || message.includes("no matching host key"))
        resolve({ kind: "other key" });
      else resolve({ kind: "silent", says: message });
    });
    client.connect(config);
  });
}

function authenticationOf({ username, agent, privateKey, password }: SshLogin): ConnectConfig {
  return {
    username,
    ...(agent === undefined ? {} : { agent }),
    ...(privateKey === undefined ? {} : { privateKey }),
    ...(password === undefined ? {} : { password }),
    authHandler: [
      ...(agent === undefined ? [] : ["agent" as const]),
      ...(privateKey === undefined ? [] : ["publickey" as const]),
      ...(password === undefined ? [] : ["password" as const]),
    ],
  };
}

/** keysWanted of a known host are of the types that are known, as the provider asks for them. */
function keysWanted(known: readonly HostKey[]): ConnectConfig {
  const types = known.flatMap(({ type }) => algorithms[type] ?? []);
  return types.length === 0 ? {} : { algorithms: { serverHostKey: [...new Set(types)] } };
}

const algorithms: Readonly<Record<string, readonly ServerHostKeyAlgorithm[]>> = {
  "ssh-ed25519": ["ssh-ed25519"],
  "ecdsa-sha2-nistp256": ["ecdsa-sha2-nistp256"],
  "ecdsa-sha2-nistp384": ["ecdsa-sha2-nistp384"],
  "ecdsa-sha2-nistp521": ["ecdsa-sha2-nistp521"],
  "ssh-rsa": ["rsa-sha2-512", "rsa-sha2-256", "ssh-rsa"],
};

/** output of a command, and its exit status; one that does not end in time fails. */
function output(client: Client, command: string): Promise<{ code: number; text: string }> {
  return inTime(
    new Promise((resolve, reject) => {
      client.exec(command, (error, channel) => {
        if (error !== undefined) return reject(error);
        const text: string[] = [];
        let code = -1;
        channel.setEncoding("utf8").on("data", (more: string) => text.push(more));
        channel.stderr.resume();
        channel.on("exit", (status: number | null) => (code = status ?? -1));
        channel.on("close", () => resolve({ code, text: text.join("") }));
      });
    }),
  );
}

function stateOf(client: Client, folder: string): Promise<FolderState> {
  return inTime(
    new Promise((resolve) => {
      client.sftp((error, sftp) => {
        if (error !== undefined) return resolve("unknown");
        sftp.stat(folder, (failure, attributes) => {
          if (failure === undefined) return resolve(attributes.isDirectory() ? "there" : "missing");
          resolve("code" in failure && failure.code === noSuchFile ? "missing" : "unknown");
        });
      });
    }),
  );
}

/** noSuchFile, SSH_FX_NO_SUCH_FILE of SFTP. */
const noSuchFile = 2;

async function inTime<T>(asked: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("no answer within 10 s")), milliseconds);
  });
  try {
    return await Promise.race([asked, late]);
  } finally {
    clearTimeout(timer);
  }
}

function socksOf(environment: Environment): SocksProxy | undefined {
  const server = filled(environment, "PROXMOX_VE_SSH_SOCKS5_SERVER");
  const username = filled(environment, "PROXMOX_VE_SSH_SOCKS5_USERNAME");
  const password = filled(environment, "PROXMOX_VE_SSH_SOCKS5_PASSWORD");
  if (server === undefined) return undefined;
  return {
    server,
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
  };
}

function knownHosts(): Promise<string> {
  return readFile(join(homedir(), ".ssh", "known_hosts"), "utf8").catch(() => "");
}
