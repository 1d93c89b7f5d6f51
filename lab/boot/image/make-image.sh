#!/usr/bin/env bash
# Makes a machine's disk before its first boot, with its kernel beside it, from Debian's packages.
# Usage: make-image.sh FOLDER PACKAGE...
# Where packages come from is this machine's own apt configuration. The disk itself has no package source: what a
# machine is to install at its first boot lies on it already, and apt, which finds that out, asks nobody.
set -euo pipefail

folder=$1
packages=("${@:2}")
root="$folder/root"
# What a cloud image has: a kernel with its drivers, systemd, cloud-init with netplan, an SSH server.
system=(
  linux-image-cloud-amd64 initramfs-tools zstd systemd-sysv udev dbus e2fsprogs kmod iproute2 procps
  systemd-resolved netplan.io cloud-init openssh-server ca-certificates python3-yaml
)

main() {
  mmdebstrap --quiet --variant=minbase --include="$(commas "${system[@]}" "${packages[@]}")" \
    --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/doc/*' \
    --dpkgopt='path-exclude=/usr/share/locale/*' \
    --essential-hook='initramfs=$1/etc/initramfs-tools; mkdir -p "$initramfs/conf.d"
      echo MODULES=list >"$initramfs/conf.d/slipway"; printf "virtio_pci\nvirtio_blk\next4\n" >"$initramfs/modules"' \
    trixie "$root"
  forget
  cp "$root"/boot/vmlinuz-* "$folder/vmlinuz"
  cp "$root"/boot/initrd.img-* "$folder/initrd"
  truncate --size=4G "$folder/disk"
  mkfs.ext4 -q -F -d "$root" "$folder/disk"
  rm -rf "$root"
}

# A fresh image has no identity and no package source.
forget() {
  rm -rf "$root"/etc/apt/sources.list "$root"/etc/apt/sources.list.d/* "$root"/etc/apt/apt.conf.d/*proxy* \
    "$root"/var/lib/apt/lists/* "$root"/var/cache/apt/*.bin "$root"/etc/ssh/ssh_host_* "$root"/etc/hostname
  : >"$root/etc/machine-id"
  ln -sf ../run/systemd/resolve/stub-resolv.conf "$root/etc/resolv.conf"
  # One kind of host key, for an emulated processor takes a minute to make one of RSA.
  echo 'ssh_genkeytypes: [ed25519]' >"$root/etc/cloud/cloud.cfg.d/10-slipway-boot.cfg"
  # What has not changed since the packages were installed need not be worked out again at the first boot.
  touch "$root/etc/.updated" "$root/var/.updated"
}

commas() {
  local IFS=,
  printf '%s' "$*"
}

main
