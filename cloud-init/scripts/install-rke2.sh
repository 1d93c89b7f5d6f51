#!/usr/bin/env bash
# Installs one exact RKE2 release below /usr/local, and the archives of images that are named where RKE2 imports them.
# Usage: slipway-install-rke2 <URL of the release's folder> [sha256 of its archive, or -] [archive of images]...
# In the URL the version's plus is %2B, also in file://, where curl reads it as the plus of the folder's name.
set -euo pipefail

root="${ROOT:-}"
release=$1
pinned=${2:--}
images=("${@:3}")
archive=rke2.linux-amd64.tar.gz
checksums=sha256sum-amd64.txt
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

main() {
  [[ $release != file://* ]] || release="file://$root${release#file://}"
  if [[ $pinned == - ]] || ((${#images[@]})); then fetch "$checksums"; fi
  get "$archive" "$pinned"
  local image
  for image in "${images[@]}"; do get "$image" -; done
  mkdir -p "$root/usr/local"
  tar --extract --gzip --no-same-owner --file "$scratch/$archive" --directory "$root/usr/local"
  for image in "${images[@]}"; do keep "$image"; done
  systemctl daemon-reload
}

# Fetches a file and compares it with a digest; - is the release's own.
get() {
  local expected=$2
  if [[ $expected == - ]]; then
    expected=$(awk -v file="$1" '$2 == file { print $1 }' "$scratch/$checksums")
    [[ -n $expected ]] || fail "$release/$checksums does not name $1"
  fi
  fetch "$1"
  verify "$1" "$expected"
}

# Ten minutes for a network that is not up yet, not for ever; a folder of the machine's own is there or not.
fetch() {
  local protocol tries=60
  case $release in
    file://*) protocol="=file" tries=1 ;;
    http://*) protocol="=http,https" ;;
    *) protocol="=https" ;;
  esac
  while true; do
    if curl --fail --silent --show-error --location --proto "$protocol" --connect-timeout 10 --max-time 900 \
      --output "$scratch/$1" "$release/$1"; then
      return
    fi
    ((--tries)) || break
    sleep 10
  done
  fail "cannot download $release/$1: see the messages above; the machine's network and DNS come from cluster.ts"
}

verify() {
  printf '%s  %s\n' "$2" "$scratch/$1" | sha256sum --check --status ||
    fail "$release/$1 is not what was expected, so nothing was installed
  found     sha256 $(sha256sum "$scratch/$1" | cut -d ' ' -f 1)
  expected  sha256 $2"
}

keep() {
  mkdir -p "$root/var/lib/rancher/rke2/agent/images"
  mv "$scratch/$1" "$root/var/lib/rancher/rke2/agent/images/$1"
}

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

main
