import { isTrue } from "../api/parameters";
import { isDriveName, isUnusedName } from "./drive";

/** configValue is how an option reads back in JSON: whole numbers and booleans bare, everything else a string. */
export function configValue(name: string, value: string): string | number {
  if (BOOLEANS.has(name)) return isTrue(value) ? 1 : 0;
  if (INTEGERS.has(name)) return Number(value);
  return name === "cipassword" ? "**********" : value;
}

/** storedValue is the form in which an option is kept. */
export const storedValue = (name: string, value: string): string =>
  BOOLEANS.has(name) ? (isTrue(value) ? "1" : "0") : value;

/** optionExists tells what may stand in `delete`. */
export const optionExists = (name: string): boolean =>
  isDriveName(name) ||
  isUnusedName(name) ||
  BOOLEANS.has(name) ||
  INTEGERS.has(name) ||
  TEXTS.has(name) ||
  INDEXED.test(name);

/** privilegesFor lists the privileges of which one is needed to set or delete an option; `root` = root@pam only. */
export function privilegesFor(name: string): readonly string[] | "root" | "elsewhere" {
  if (isDriveName(name) || isUnusedName(name) || ELSEWHERE.test(name) || name === "tags") return "elsewhere";
  if (CPU.has(name) || /^numa\d+$/.test(name)) return ["VM.Config.CPU"];
  if (MEMORY.has(name)) return ["VM.Config.Memory"];
  if (HARDWARE.has(name)) return ["VM.Config.HWType"];
  if (GENERAL.has(name)) return ["VM.Config.Options"];
  if (name === "freeze") return ["VM.PowerMgmt"];
  if (DISK.has(name)) return ["VM.Config.Disk"];
  if (/^net\d+$/.test(name)) return ["VM.Config.Network"];
  if (CLOUD_INIT.has(name) || /^ipconfig\d+$/.test(name)) return ["VM.Config.Cloudinit", "VM.Config.Network"];
  return "root";
}

const words = (list: string): ReadonlySet<string> => new Set(list.split(" "));

const BOOLEANS = words(
  "acpi autostart kvm localtime numa onboot protection reboot tablet template tdf ciupgrade freeze keephugepages allow-ksm",
);
const INTEGERS = words("cores sockets vcpus cpuunits shares balloon migrate_speed smp");
const TEXTS = words(
  "agent affinity amd-sev arch args audio0 bios boot bootdisk cdrom cicustom cipassword citype ciuser cpu cpulimit description digest efidisk0 hookscript hotplug hugepages intel-tdx ivshmem keyboard lock machine memory meta migrate_downtime name nameserver ostype rng0 scsihw searchdomain smbios1 spice_enhancements sshkeys startdate startup tags tpmstate0 vga vmgenid vmstatestorage watchdog",
);
const INDEXED = /^(net|ipconfig|serial|parallel|hostpci|usb|numa|virtiofs)\d+$/;
const ELSEWHERE = /^(unused|serial|usb|hostpci|virtiofs)\d+$|^(cdrom|rng0)$/;
const CPU = words("cores cpu cpulimit cpuunits numa smp sockets vcpus");
const MEMORY = words("balloon memory shares allow-ksm");
const HARDWARE = words("acpi hotplug kvm machine scsihw smbios1 tablet vga watchdog audio0 vmgenid");
const GENERAL = words(
  "agent autostart bios description keyboard localtime migrate_downtime migrate_speed name onboot ostype protection reboot startdate startup tdf template",
);
const DISK = words("boot bootdisk vmstatestorage");
const CLOUD_INIT = words("cicustom cipassword citype ciuser ciupgrade nameserver searchdomain sshkeys");
