import type { Cluster, TemplateVm } from "../config/model";
import { cloudConfig } from "./document";
import { instanceMetaData } from "./seed";
import { yamlText } from "./yaml";

/** InstallerDocument: one of the three texts on the drive that an installer's machine starts with. */
export type InstallerDocument = (cluster: Cluster, vm: TemplateVm) => string;

/**
 * installerUserData answers Ubuntu's installer, so that it installs on the empty disk, leaves nothing there
 * that a clone's own cloud-init would stumble over, and switches the machine off.
 * @see https://canonical-subiquity.readthedocs-hosted.com/en/latest/reference/autoinstall-reference.html
 */
export const installerUserData: InstallerDocument = () =>
  cloudConfig({
    bootcmd: [confirmation],
    autoinstall: {
      version: 1,
      "refresh-installer": { update: false },
      storage: { layout: { name: "direct" }, swap: { size: 0 } },
      ssh: { "install-server": false },
      packages: ["qemu-guest-agent"],
      "user-data": { users: [] },
      "late-commands": lateCommands,
      shutdown: "poweroff",
    },
  });

export const installerMetaData: InstallerDocument = (_, vm) => {
  const { name, vmId } = installerOf(vm);
  return instanceMetaData(name, vmId, "installer");
};

/** installerNetworkConfig asks DHCP: the installer's machine lives for minutes and has no address in cluster.ts. */
export const installerNetworkConfig: InstallerDocument = (_, vm) =>
  yamlText({
    version: 2,
    ethernets: { installer: { match: { macaddress: installerOf(vm).mac.toLowerCase() }, dhcp4: true } },
  });

/**
 * The installer asks a human before it writes to a disk, unless `autoinstall` stands on the kernel command
 * line, which it reads from /proc/cmdline when it starts (canonical/subiquity: subiquity/cmd/server.py,
 * subiquity/server/controllers/install.py). An ISO's boot menu cannot be edited from outside, so the live
 * system lays a line over it that says so. cloud-init's bootcmd runs before sysinit.target and the installer
 * long after it, so there is no race. The word goes first: curtin copies what follows `---` to the installed
 * system's own command line.
 */
const confirmation =
  'printf "autoinstall %s\\n" "$(cat /proc/cmdline)" > /run/slipway-cmdline && mount --bind /run/slipway-cmdline /proc/cmdline';

/** What the installer leaves for the first boot of its own machine (subiquity/models: subiquity.py, network.py). */
const leftovers = [
  "/etc/cloud/cloud-init.disabled",
  "/etc/cloud/ds-identify.cfg",
  "/etc/cloud/cloud.cfg.d/00-subiquity-disable-cloudinit-networking.cfg",
  "/etc/cloud/cloud.cfg.d/20-disable-cc-dpkg-grub.cfg",
  "/etc/cloud/cloud.cfg.d/90-installer-network.cfg",
  "/etc/cloud/cloud.cfg.d/99-installer.cfg",
  "/etc/cloud/cloud.cfg.d/curtin-preserve-sources.cfg",
  "/etc/cloud/cloud.cfg.d/subiquity-disable-cloudinit-networking.cfg",
  "/etc/netplan/00-installer-config.yaml",
  "/etc/netplan/50-cloud-init.yaml",
  "/etc/cloud/clean.d/99-installer",
];

const lateCommands = [
  // also empties the machine id, of which two machines must not have the same
  "curtin in-target -- cloud-init clean --logs --machine-id",
  ...leftovers.map((path) => `rm --force /target${path}`),
  "rm --force /target/etc/ssh/ssh_host_*",
];

function installerOf(vm: TemplateVm): NonNullable<TemplateVm["installer"]> {
  if (vm.installer === undefined)
    throw new Error(`template ${vm.name} has no installer: it is a cloud image`);
  return vm.installer;
}
