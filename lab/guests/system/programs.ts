import { accessSync, chmodSync, constants, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";

/** real programs that an Ubuntu server has and a rendered script may use; what is not here is "command not found". */
const real = [
  ..."[ awk base64 basename bash cat chmod cmp comm cp cut diff dirname echo env expr false find flock grep gunzip gzip".split(
    " ",
  ),
  ..."head id install ln ls mkdir mktemp mv od openssl printf readlink realpath rm rmdir sed seq sh sort stat sync tail".split(
    " ",
  ),
  ..."tar tee test timeout touch tr true truncate uname uniq wc xargs".split(" "),
];

/** played programs change a real system; the lab answers for them. */
const played = [
  ..."systemctl hostnamectl timedatectl modprobe sysctl swapoff udevadm netplan ip mount umount apt-get cloud-init".split(
    " ",
  ),
  ..."poweroff shutdown reboot hostname ufw update-grub systemd-machine-id-setup chroot curtin growpart resize2fs useradd".split(
    " ",
  ),
];

/** timeScale: a pause of a second in a script lasts this many seconds, as systemd's RestartSec does here. */
const timeScale = 0.06;

export interface ProgramsOptions {
  /** busPath, the unix socket through which played programs ask the lab. */
  readonly busPath: string;
  /** clockFile says how many seconds `date` is ahead. */
  readonly clockFile: string;
  /** ownWay, the proxy of the lab that leads `curl` as the machine's network would. */
  readonly ownWay: string;
}

/** layPrograms fills a machine's only PATH folder. */
export function layPrograms(folder: string, { busPath, clockFile, ownWay }: ProgramsOptions): void {
  mkdirSync(folder, { recursive: true });
  for (const name of real) {
    const path = whereIs(name);
    if (path !== undefined) symlinkSync(path, join(folder, name));
  }
  for (const name of played) script(join(folder, name), `${ask(busPath)}\nask ${name} "$@"\n`);
  script(join(folder, "chown"), "exit 0\n");
  const sleep = whereIs("sleep");
  if (sleep !== undefined)
    script(join(folder, "sleep"), `exec ${sleep} "$(awk -v s="$1" 'BEGIN { print s * ${timeScale} }')"\n`);
  const date = whereIs("date");
  if (date !== undefined) script(join(folder, "date"), clock(date, clockFile));
  script(join(folder, "curl"), curl(busPath, ownWay));
  const sha256sum = whereIs("sha256sum");
  if (sha256sum !== undefined) script(join(folder, "sha256sum"), checksum(busPath, sha256sum));
}

function script(path: string, body: string): void {
  writeFileSync(path, `#!/bin/bash\n${body}`);
  chmodSync(path, 0o755);
}

function ask(busPath: string): string {
  return `ask() {
  local reply
  reply="$(printf '%s\\0' "$@" | ${whereIs("curl")} --silent --noproxy '*' --unix-socket '${busPath}' --data-binary @- http://lab/)" || return 1
  if [ "$reply" != "\${reply#*$'\\n'}" ]; then printf '%s\\n' "\${reply#*$'\\n'}"; fi
  return "\${reply%%$'\\n'*}"
}`;
}

/** curl is the real one, led into the lab's network; a proxy in its environment is one of that network. */
function curl(busPath: string, ownWay: string): string {
  return `${ask(busPath)}
route='${ownWay}'
if [ -n "\${http_proxy-}\${https_proxy-}\${HTTPS_PROXY-}" ]; then
  route="$(ask curl-route "\${http_proxy-}" "\${https_proxy-\${HTTPS_PROXY-}}" "\${no_proxy-\${NO_PROXY-}}" "$@")" ||
    { code=$?; printf '%s\\n' "$route" >&2; exit "$code"; }
fi
unset HTTPS_PROXY NO_PROXY
export http_proxy="$route" https_proxy="$route" no_proxy=
exec ${whereIs("curl")} "$@"
`;
}

/** clock is the real date, for a time that is given as for now. */
function clock(program: string, clockFile: string): string {
  return `for word; do case "$word" in -d*|--date*|-r*|--reference*) exec ${program} "$@" ;; esac; done
exec ${program} --date "$(< '${clockFile}') seconds" "$@"
`;
}

/**
 * checksum is the real sha256sum, except for the lab's stand-in of RKE2's archive in a --check: a digest that
 * was pinned on the script's command line is of bytes the lab cannot have, so it passes and the lab notes that.
 */
function checksum(busPath: string, program: string): string {
  return `${ask(busPath)}
case " $* " in *" -c "*|*" --check "*) ;; *) exec ${program} "$@" ;; esac
options=() lists=()
for word; do case "$word" in -?*) options+=("$word") ;; *) lists+=("$word") ;; esac; done
cat -- "\${lists[@]}" | while read -r digest file; do
  if [ "$digest" = "$LAB_PINNED_DIGEST" ] && [ "\${file##*/}" = rke2.linux-amd64.tar.gz ]; then
    actual="$(${program} < "$file")" && actual="\${actual%% *}"
    if [ "$actual" != "$digest" ] && ask sha256sum "$actual" >/dev/null; then digest="$actual"; fi
  fi
  printf '%s  %s\\n' "$digest" "$file"
done | ${program} "\${options[@]}"
`;
}

function whereIs(name: string): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  return folders
    .map((folder) => join(folder, name))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}
