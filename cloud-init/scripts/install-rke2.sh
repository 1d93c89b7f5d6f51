#!/usr/bin/env bash
# Installs one exact RKE2 release below /usr/local.
# Usage: slipway-install-rke2 <URL of the release's folder> [sha256 of its archive]
set -euo pipefail

root="${ROOT:-}"
release=$1
expected=${2:-}
archive=rke2.linux-amd64.tar.gz
checksums=sha256sum-amd64.txt
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

main() {
  if [[ -z $expected ]]; then
    fetch "$checksums"
    expected=$(awk -v file="$archive" '$2 == file { print $1 }' "$scratch/$checksums")
    [[ -n $expected ]] || fail "$release/$checksums does not name $archive"
  fi
  fetch "$archive"
  verify
  mkdir -p "$root/usr/local"
  tar --extract --gzip --no-same-owner --file "$scratch/$archive" --directory "$root/usr/local"
  systemctl daemon-reload
}

# Ten minutes for a network that is not up yet, not for ever.
fetch() {
  for _ in {1..60}; do
    if curl --fail --silent --show-error --location --proto '=https' --connect-timeout 10 --max-time 900 \
      --output "$scratch/$1" "$release/$1"; then
      return
    fi
    sleep 10
  done
  fail "cannot download $release/$1: see the messages above; the machine's network and DNS come from cluster.ts"
}

verify() {
  printf '%s  %s\n' "$expected" "$scratch/$archive" | sha256sum --check --status ||
    fail "$release/$archive is not what was expected, so nothing was installed
  found     sha256 $(sha256sum "$scratch/$archive" | cut -d ' ' -f 1)
  expected  sha256 $expected"
}

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

main
