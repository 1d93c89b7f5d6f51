import { createServer, type Server as NetServer, type Socket } from "node:net";
import { type AuthContext, type Connection, Server, utils } from "ssh2";
import type { SshAccount } from "../access/accounts";
import type { Cluster } from "../cluster";
import { runCommand } from "./exec";
import { HostFiles } from "./host-files";
import { serveSftp } from "./sftp";

/** SshCommand is one command that was run on a host. */
export interface SshCommand {
  readonly host: string;
  readonly command: string;
}

/** SshHost is one host's SSH server: exec for the provider's scripts, and SFTP. */
export class SshHost {
  readonly server: NetServer;
  private readonly sockets = new Set<Socket>();
  private readonly files: HostFiles;
  private cutAfter: number | undefined;

  constructor(
    cluster: Cluster,
    readonly host: string,
    private readonly account: SshAccount,
    private readonly commands: SshCommand[],
  ) {
    this.files = new HostFiles(cluster, host);
    // Of the ed25519 keys that ssh2 makes one in 256 cannot be read back.
    const ssh = new Server({ hostKeys: [utils.generateKeyPairSync("ecdsa", { bits: 256 }).private] });
    this.server = createServer((socket) => {
      if (cluster.down.has(host) || cluster.sshClosed.has(host)) {
        socket.destroy();
        return;
      }
      this.sockets.add(socket);
      socket.on("close", () => this.sockets.delete(socket));
      ssh.injectSocket(socket);
    });
    ssh.on("connection", (connection) => this.serve(connection));
  }

  /** cutNextUpload breaks the connection once so many bytes of one upload have come in; shorter ones pass. */
  cutNextUpload(afterBytes: number | undefined): void {
    this.cutAfter = afterBytes;
  }

  disconnectAll(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  private serve(connection: Connection): void {
    connection.on("error", () => undefined);
    connection.on("authentication", (attempt) => this.authenticate(attempt));
    connection.on("session", (acceptSession) => {
      const session = acceptSession();
      session.on("exec", (accept, _reject, { command }) => {
        this.commands.push({ host: this.host, command });
        const channel = accept();
        const isUpload = command.includes("/usr/bin/tee");
        const cutAfter = isUpload ? this.cutAfter : undefined;
        runCommand(command, channel, {
          account: this.account,
          files: this.files,
          cutAfter,
          cut: () => {
            this.cutAfter = undefined;
            this.disconnectAll();
          },
        });
      });
      session.on("sftp", (accept) => serveSftp(accept(), this.files, this.account.user === "root"));
    });
  }

  private authenticate(attempt: AuthContext): void {
    const methods: ("publickey" | "password")[] = ["publickey", "password"];
    if (attempt.username !== this.account.user) return attempt.reject(methods);
    if (attempt.method === "password" && this.account.password !== undefined) {
      return attempt.password === this.account.password ? attempt.accept() : attempt.reject(methods);
    }
    if (attempt.method !== "publickey") return attempt.reject(methods);
    for (const text of this.account.publicKeys) {
      const key = utils.parseKey(text);
      if (key instanceof Error || !key.getPublicSSH().equals(attempt.key.data)) continue;
      const { blob, signature, hashAlgo } = attempt;
      const verdict: unknown =
        signature && blob ? key.verify(blob, signature, hashAlgo) : signature === undefined;
      if (verdict === true) return attempt.accept();
    }
    attempt.reject(methods);
  }
}
