import type { ServerChannel } from "ssh2";
import { reasonOf } from "../api/api-error";
import type { SshAccount } from "../access/accounts";
import type { HostFiles } from "./host-files";

export interface ExecContext {
  readonly account: SshAccount;
  readonly files: HostFiles;
  /** cutAfter, the number of bytes after which the connection breaks. */
  readonly cutAfter: number | undefined;
  cut(): void;
}

/** runCommand answers what the provider runs on a host: the sudo probe and uploads through tee; and what sudo allows. */
export function runCommand(command: string, channel: ServerChannel, context: ExecContext): void {
  // A connection that is cut under a command takes no more of its words, on either stream.
  channel.on("error", () => undefined);
  channel.stderr.on("error", () => undefined);
  const script = unwrapBash(command);
  const upload = /\btry_sudo \/usr\/bin\/tee (.+)$/s.exec(script)?.[1];
  if (upload !== undefined) return tee(unquote(upload.trim()), script, channel, context);
  if (script.includes("pvesm apiinfo") && script.includes("id -u")) {
    return finish(channel, 0, usesSudo(context.account) ? "1\n" : "0\n");
  }
  const asked = /^sudo -n -l (.+)$/.exec(script)?.[1];
  if (asked !== undefined)
    return usesSudo(context.account) ? finish(channel, 0, `${asked}\n`) : finish(channel, 1);
  const program = /^\s*(\S+)/.exec(script)?.[1] ?? "";
  finish(channel, 127, "", `bash: line 1: ${program}: command not found\n`);
}

function tee(path: string, script: string, channel: ServerChannel, context: ExecContext): void {
  const chunks: Buffer[] = [];
  let received = 0;
  let cut = false;
  channel.on("data", (chunk: Buffer) => {
    chunks.push(chunk);
    received += chunk.length;
    channel.write(chunk);
    if (cut || context.cutAfter === undefined || received < context.cutAfter) return;
    cut = true;
    context.files.write(path, Buffer.concat(chunks).subarray(0, context.cutAfter));
    context.cut();
  });
  channel.on("end", () => {
    if (cut) return;
    const privileged =
      context.account.user === "root" || (usesSudo(context.account) && /TRY_SUDO_USE_SUDO=1/.test(script));
    if (!privileged) return finish(channel, 1, "", `/usr/bin/tee: ${path}: Permission denied\n`);
    try {
      const written = context.files.write(path, Buffer.concat(chunks));
      if (written) return finish(channel, 0);
      finish(channel, 1, "", `/usr/bin/tee: ${path}: No such file or directory\n`);
    } catch (error) {
      finish(channel, 1, "", `/usr/bin/tee: ${path}: ${reasonOf(error)}\n`);
    }
  });
}

const usesSudo = (account: SshAccount): boolean => account.user !== "root" && (account.sudo ?? false);

/** unwrapBash takes the script out of `/bin/bash -c '…'`, where a quote is written '"'"'. */
export function unwrapBash(command: string): string {
  const quoted = /^\/bin\/bash -c '(.*)'$/s.exec(command.trim())?.[1];
  return quoted === undefined ? command : quoted.replaceAll(`'"'"'`, "'");
}

const unquote = (word: string): string => word.replace(/^(['"])(.*)\1$/s, "$2");

function finish(channel: ServerChannel, status: number, stdout = "", stderr = ""): void {
  if (channel.destroyed || !channel.writable) return;
  channel.write(stdout);
  channel.stderr.write(stderr);
  channel.exit(status);
  channel.end();
}
