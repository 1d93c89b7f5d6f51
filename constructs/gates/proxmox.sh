#!/usr/bin/env bash
# Asks Proxmox with the same PROXMOX_VE_* variables as the provider.
#   proxmox.sh privileges    fails unless every privilege of WANTED is there
#   proxmox.sh powered-off   waits until the VM is off
set -euo pipefail
: "${ENDPOINT:?}" "${WANTED:=}"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
umask 077

request() {
  local insecure=()
  case "${PROXMOX_VE_INSECURE:-}" in 1 | true) insecure=(--insecure) ;; esac
  curl --silent --show-error --fail-with-body --max-time 20 ${insecure[@]+"${insecure[@]}"} --config "$work/login" "$@"
}

# The credential goes to curl in a file: a command line can be read by every user of the machine.
log_in() {
  : >"$work/login"
  if [ -n "${PROXMOX_VE_API_TOKEN:-}" ]; then
    printf 'header = "Authorization: PVEAPIToken=%s"\n' "$PROXMOX_VE_API_TOKEN" >"$work/login"
  elif [ -n "${PROXMOX_VE_USERNAME:-}" ] && [ -n "${PROXMOX_VE_PASSWORD:-}" ]; then
    printf '%s' "$PROXMOX_VE_PASSWORD" >"$work/password"
    request --data-urlencode "username=$PROXMOX_VE_USERNAME" --data-urlencode "password@$work/password" \
      "${ENDPOINT%/}/api2/json/access/ticket" >"$work/ticket.json"
    printf 'cookie = "PVEAuthCookie=%s"\n' "$(datum ticket "$work/ticket.json")" >"$work/login"
  else
    echo "no credential for $ENDPOINT: set PROXMOX_VE_API_TOKEN (USER@REALM!TOKENID=SECRET), or PROXMOX_VE_USERNAME and PROXMOX_VE_PASSWORD" >&2
    exit 1
  fi
}

# datum NAME FILE prints one value of an answer.
datum() {
  node --eval 'const [name, file] = process.argv.slice(1); console.log(JSON.parse(require("fs").readFileSync(file, "utf8")).data[name])' "$@"
}

# WANTED: one line per path, "<path> <privilege> <privilege> …".
missing_privileges() {
  local path line privileges
  while read -r path line; do
    read -ra privileges <<<"$line"
    request --get --data-urlencode "path=$path" "${ENDPOINT%/}/api2/json/access/permissions" >"$work/permissions.json"
    node --eval '
      const [file, path, ...wanted] = process.argv.slice(1);
      const held = JSON.parse(require("fs").readFileSync(file, "utf8")).data[path] ?? {};
      const missing = wanted.filter((privilege) => !(privilege in held));
      if (missing.length > 0) console.log("  " + path + ": " + missing.join(" "));
    ' "$work/permissions.json" "$path" "${privileges[@]}"
  done <<<"$WANTED"
}

privileges() {
  local missing
  missing=$(missing_privileges)
  if [ -z "$missing" ]; then
    echo "the credential has every privilege that this cluster needs"
    return
  fi
  {
    echo "the Proxmox credential lacks privileges, and nothing was changed:"
    echo "$missing"
    echo "fix: give its role these privileges (pveum role modify SlipwayDeploy --append --privs '…'); docs/how-to/proxmox-token.md has the whole role"
  } >&2
  exit 1
}

powered_off() {
  : "${HOST:?}" "${VM_ID:?}" "${WAIT_SECONDS:?}" "${LOOK_AT:?}"
  local deadline=$((SECONDS + WAIT_SECONDS)) status
  echo "waiting for VM $VM_ID on $HOST to finish and switch itself off, at most $((WAIT_SECONDS / 60)) minutes"
  while true; do
    request "${ENDPOINT%/}/api2/json/nodes/$HOST/qemu/$VM_ID/status/current" >"$work/status.json"
    status=$(datum status "$work/status.json")
    if [ "$status" = "stopped" ]; then
      echo "VM $VM_ID is off"
      return
    fi
    if [ "$SECONDS" -ge "$deadline" ]; then
      echo "VM $VM_ID was still $status after $((WAIT_SECONDS / 60)) minutes" >&2
      echo "look at: $LOOK_AT" >&2
      exit 1
    fi
    sleep 2
  done
}

log_in
case "${1:-}" in
  privileges) privileges ;;
  powered-off) powered_off ;;
  *) echo "usage: proxmox.sh privileges | powered-off" >&2; exit 2 ;;
esac
