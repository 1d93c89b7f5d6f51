export interface FormatRule {
  readonly pattern: RegExp;
  readonly error: (value: string) => string;
}

const rule = (pattern: RegExp, what: string): FormatRule => ({
  pattern,
  error: (value) => what.replace("%", value),
});

const IPV4 = String.raw`(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)`;
const IPV6 = "[0-9a-fA-F:]*:[0-9a-fA-F:.]*";
const LABEL = "[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?";

/** FORMATS are Proxmox's named formats that requests of a machine's life use; others are not checked. */
export const FORMATS: Readonly<Record<string, FormatRule>> = {
  "pve-node": rule(
    /^[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?$/,
    "value does not look like a valid node name",
  ),
  "pve-vmid": rule(/^[1-9]\d{2,8}$/, "value does not look like a valid VM ID"),
  "pve-storage-id": rule(
    /^[a-zA-Z][a-zA-Z0-9\-_.]*[a-zA-Z0-9]$/,
    "storage ID '%' contains illegal characters",
  ),
  "pve-storage-content": rule(
    /^(none|images|rootdir|import|iso|vztmpl|snippets|backup)$/,
    "invalid content type '%'",
  ),
  "pve-poolid": rule(
    /^[A-Za-z0-9._\-]+(?:\/[A-Za-z0-9._\-]+){0,2}$/,
    "value does not look like a valid pool name",
  ),
  "pve-configid": rule(/^[a-zA-Z][a-zA-Z0-9_-]+$/, "invalid configuration ID '%'"),
  "pve-volume-id": rule(/^[a-zA-Z][a-zA-Z0-9\-_.]*:.+$/s, "unable to parse volume ID '%'"),
  "pve-volume-id-or-qm-path": rule(
    /^(none|cdrom|\/.+|[a-zA-Z][\w.-]*:.+|[a-zA-Z][\w.-]*:\d+(\.\d+)?|\d+(\.\d+)?)$/s,
    "unable to parse volume ID '%'",
  ),
  "pve-volume-id-or-absolute-path": rule(/^(\/.+|[a-zA-Z][\w.-]*:.+)$/s, "unable to parse volume ID '%'"),
  "pve-bridge-id": rule(/^[a-zA-Z][\w.-]*$/, "invalid bridge name '%'"),
  "pve-iface": rule(/^[a-zA-Z][a-zA-Z0-9_]{1,20}([:.]\d+)?$/, "invalid network interface name '%'"),
  "pve-tag": rule(/^[a-z0-9_][a-z0-9_\-+.]*$/i, "invalid characters in tag"),
  "pve-hotplug-features": rule(
    /^(0|1|(network|disk|cpu|memory|usb|cloudinit)([,;\s]+(network|disk|cpu|memory|usb|cloudinit))*)$/,
    "unable to parse hotplug option",
  ),
  "mac-addr": rule(
    /^[a-f0-9][02468ace](?::[a-f0-9]{2}){5}$/i,
    "value does not look like a valid unicast MAC address",
  ),
  "dns-name": rule(new RegExp(`^(?:${LABEL}\\.)*${LABEL}$`), "value does not look like a valid DNS name"),
  "disk-size": rule(/^\d+(\.\d+)?[KMGT]?$/, "value does not look like a valid disk size: %"),
  urlencoded: rule(/^[-%a-zA-Z0-9_.!~*'()]*$/, "value is not a valid URL-encoded string"),
  ip: rule(new RegExp(`^(?:${IPV4}|${IPV6})$`), "value does not look like a valid IP address"),
  ipv4: rule(new RegExp(`^${IPV4}$`), "value does not look like a valid IPv4 address"),
  ipv6: rule(new RegExp(`^${IPV6}$`), "value does not look like a valid IPv6 address"),
  address: rule(
    new RegExp(`^(?:${IPV4}|${IPV6}|(?:${LABEL}\\.)*${LABEL})$`),
    "value does not look like a valid address: %",
  ),
  "pve-ipv4-config": rule(
    new RegExp(`^(?:dhcp|manual|${IPV4}/\\d{1,2})$`),
    "value does not look like a valid ipv4 network configuration",
  ),
  "pve-ipv6-config": rule(
    new RegExp(`^(?:auto|dhcp|manual|${IPV6}/\\d{1,3})$`),
    "value does not look like a valid ipv6 network configuration",
  ),
};
