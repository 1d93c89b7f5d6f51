#!/usr/bin/env bash
# Makes a folder with Debian trixie's cloud-init, whose `cloud-init schema` also knows network-config (24.1 and later).
# Usage: make-chroot.sh FOLDER   (as root, with mmdebstrap; about a minute and 230 MB)
set -euo pipefail

folder=$1
suite=trixie

if [[ -x $folder/usr/bin/cloud-init ]]; then
  echo "$folder already has $(chroot "$folder" cloud-init --version 2>&1)"
elif command -v mmdebstrap >/dev/null; then
  rm -rf "$folder.unfinished"
  mkdir -p "$(dirname "$folder")"
  mmdebstrap --quiet --variant=apt --include=cloud-init "$suite" "$folder.unfinished"
  mv "$folder.unfinished" "$folder"
else
  echo "mmdebstrap is not here: apt-get install mmdebstrap" >&2
  exit 1
fi

echo "now: SLIPWAY_CLOUD_INIT_CHROOT=$folder npx jest cloud-init"
