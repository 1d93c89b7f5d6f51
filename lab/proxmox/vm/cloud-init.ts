import { createHash } from "node:crypto";
import { stringify } from "yaml";
import type { CloudInitSeed } from "../../machine";
import { died } from "../api/api-error";
import type { Cluster } from "../cluster";
import { isCloudInitDrive, splitVolumeId } from "../properties/drive";
import { parseNet } from "../properties/net";
import { parsePropertyString } from "../properties/property-string";
import { contentOf } from "../storage/content";
import { drivesOf, nameOf, type Vm } from "./vm";

/**
 * seedOf is what lies on a machine's cloud-init drive; undefined without such a drive. Snippets named in `cicustom`
 * are read on the machine's own host, and replace what Proxmox would generate.
 */
export function seedOf(cluster: Cluster, vm: Vm): CloudInitSeed | undefined {
  if (!drivesOf(vm.config).some(([, drive]) => isCloudInitDrive(drive))) return undefined;
  const custom = parsePropertyString(vm.config.get("cicustom") ?? "");
  const snippet = (part: string): string | undefined => {
    const volid = custom.get(part);
    return volid === undefined ? undefined : readSnippet(cluster, vm.host, volid);
  };
  const networkConfig = snippet("network") ?? generatedNetwork(vm);
  const userData = snippet("user") ?? generatedUserData(vm);
  snippet("vendor");
  const metaData = snippet("meta") ?? `instance-id: ${sha1(userData + networkConfig)}\n`;
  if (userData.length + networkConfig.length + metaData.length > 3 * 1024 ** 2) {
    throw died("Cloud-Init sum of snippets too big (> 3 MiB)");
  }
  return { userData, networkConfig, metaData };
}

function readSnippet(cluster: Cluster, host: string, volid: string): string {
  if (contentOf(splitVolumeId(volid)?.name ?? "").content !== "snippets") {
    throw died(`${volid} is not in the snippets directory`);
  }
  return cluster.storages.volume(host, volid).text?.toString("utf8") ?? "";
}

function generatedUserData(vm: Vm): string {
  const user = vm.config.get("ciuser");
  const password = vm.config.get("cipassword");
  const keys = decodeURIComponent(vm.config.get("sshkeys") ?? "")
    .split("\n")
    .filter((key) => key.trim() !== "");
  const [hostname = `VM${vm.id}`] = nameOf(vm).split(".");
  return `#cloud-config\n${stringify({
    hostname,
    manage_etc_hosts: true,
    ...(nameOf(vm).includes(".") ? { fqdn: nameOf(vm) } : {}),
    ...(user === undefined ? {} : { user }),
    ...(user === "root" ? { disable_root: false } : {}),
    ...(password === undefined ? {} : { password }),
    ...(keys.length === 0 ? {} : { ssh_authorized_keys: keys }),
    chpasswd: { expire: false },
    ...(user === "root" ? {} : { users: ["default"] }),
    ...(vm.config.get("ciupgrade") === "0" ? {} : { package_upgrade: true }),
  })}`;
}

function generatedNetwork(vm: Vm): string {
  const cards = [...vm.config].filter(
    ([name]) => /^net\d+$/.test(name) && vm.config.has(name.replace("net", "ipconfig")),
  );
  const config: unknown[] = cards.map(([name, value]) => ({
    type: "physical",
    name: name.replace("net", "eth"),
    mac_address: parseNet(value).mac.toLowerCase(),
    subnets: subnetsOf(parsePropertyString(vm.config.get(name.replace("net", "ipconfig")) ?? "")),
  }));
  const address = listOf(vm.config.get("nameserver"));
  const search = listOf(vm.config.get("searchdomain"));
  if (address.length > 0 || search.length > 0) {
    config.push({
      type: "nameserver",
      ...(address.length > 0 ? { address } : {}),
      ...(search.length > 0 ? { search } : {}),
    });
  }
  return stringify({ version: 1, config });
}

function subnetsOf(ipconfig: ReadonlyMap<string, string>): unknown[] {
  const { ip, gw, ip6, gw6 } = Object.fromEntries(ipconfig);
  const subnets: unknown[] = [];
  if (ip === "dhcp") subnets.push({ type: "dhcp4" });
  else if (ip !== undefined) {
    const [address = "", prefix = "32"] = ip.split("/");
    subnets.push({
      type: "static",
      address,
      netmask: netmaskOf(Number(prefix)),
      ...(gw === undefined ? {} : { gateway: gw }),
    });
  }
  if (ip6 === "dhcp") subnets.push({ type: "dhcp6" });
  else if (ip6 === "auto") subnets.push({ type: "ipv6_slaac" });
  else if (ip6 !== undefined)
    subnets.push({ type: "static6", address: ip6, ...(gw6 === undefined ? {} : { gateway: gw6 }) });
  return subnets;
}

function netmaskOf(prefix: number): string {
  const bits = prefix === 0 ? 0 : (0xffffffff << (32 - prefix)) >>> 0;
  return [24, 16, 8, 0].map((shift) => (bits >>> shift) & 255).join(".");
}

const listOf = (text: string | undefined): string[] =>
  (text ?? "").split(/[\s,;]+/).filter((part) => part !== "");

const sha1 = (text: string): string => createHash("sha1").update(text).digest("hex");
