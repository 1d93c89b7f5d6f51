import { existsSync, mkdirSync, readFileSync, readlinkSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Daemon, startDaemon } from "../daemon";
import { ip } from "../network/ip";

export interface RoomOptions {
  readonly name: string;
  readonly hostname: string;
  /** address of the pod, which only this room has. */
  readonly address: string;
  /** root, an empty folder that becomes the program's root folder. */
  readonly root: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly folders: readonly string[];
  /** files by their absolute path inside. */
  readonly files: Readonly<Record<string, string>>;
  readonly log: string;
}

/**
 * startInRoom runs a real program as a container would: a network namespace with the pod's address, a root folder of
 * its own, and its processes end with the lab's. Neither images nor limits nor users are there: no container runtime.
 */
export async function startInRoom(options: RoomOptions): Promise<Daemon> {
  const { root, address } = options;
  for (const folder of ["dev", "proc", "tmp", "etc", "bin", ...options.folders]) {
    mkdirSync(join(root, folder), { recursive: true });
  }
  for (const path of ["dev/null", "bin/program"]) writeFileSync(join(root, path), "");
  const files = { "/etc/hosts": "127.0.0.1 localhost\n", ...options.files };
  for (const [path, content] of Object.entries(files)) placeFile(root, path, content);

  const daemon = startDaemon({
    name: options.name,
    file: "unshare",
    args: [
      ...["--net", "--mount", "--uts", "sh", "-e", "-c", script, "sh"],
      ...[root, address, options.hostname, options.program, ...options.args],
    ],
    environment: {
      PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
      ...options.environment,
    },
    log: options.log,
  });
  try {
    await wire(daemon, address);
  } catch (error) {
    await daemon.stop(0);
    throw error;
  }
  return daemon;
}

/** placeFile inside a room, also while its program reads it: the file is whole at every moment. */
export function placeFile(root: string, path: string, content: string | Buffer): void {
  const target = join(root, path);
  if (existsSync(target) && readFileSync(target).equals(Buffer.from(content))) return;
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(`${target}.new`, content, { mode: 0o600 });
  renameSync(`${target}.new`, target);
}

/** script of a room: it waits for its end of the wire, then becomes the program. */
const script = `
root=$1 address=$2 hostname=$3 program=$4
shift 4
echo "$hostname" >/proc/sys/kernel/hostname
mount --bind "$program" "$root/bin/program"
mount --bind /dev/null "$root/dev/null"
mount --rbind /proc "$root/proc"
while ! ip link show eth0 >/dev/null 2>&1; do sleep 0.02; done
ip link set lo up
ip address add "$address/32" dev eth0
ip link set eth0 up
ip route add default dev eth0
read -r go
exec chroot "$root" /bin/program "$@"
`;

/** wire leads from the lab's namespace into the room; the lab's end answers for every address that the lab has. */
async function wire(daemon: Daemon, address: string): Promise<void> {
  const device = `pod${daemon.pid}`;
  await untilElsewhere(daemon);
  await ip("link", "add", device, "type", "veth", "peer", "name", "eth0", "netns", String(daemon.pid));
  await ip("link", "set", device, "up");
  await ip("route", "replace", `${address}/32`, "dev", device);
  daemon.input.write("go\n");
}

/** untilElsewhere: the process has left the lab's network namespace. */
async function untilElsewhere(daemon: Daemon): Promise<void> {
  const here = readlinkSync("/proc/self/ns/net");
  while (readlinkSync(`/proc/${daemon.pid}/ns/net`) === here) {
    const failed = daemon.failure();
    if (failed !== undefined) throw new Error(failed);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
